// Where the address points.

/** The name of a view and its arguments. */
export function currentAddress() {
  const [name = "", ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { name, rest };
}
