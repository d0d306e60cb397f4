// The verdict of a check, said in a box of an auditor's page.

const isEnglish = document.documentElement.lang === "en";
/**
 * @param {string} japanese
 * @param {string} english
 */
export const localized = (japanese, english) => (isEnglish ? english : japanese);

/**
 * Say in a box how it ended: with the words of what was found, or of what is missing.
 *
 * @param {HTMLElement} box
 * @param {boolean | null} good
 * @param {...string} sentences
 */
export function showVerdict(box, good, ...sentences) {
  box.hidden = false;
  box.classList.toggle("is-good", good === true);
  box.classList.toggle("is-bad", good === false);
  box.replaceChildren(
    ...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })),
  );
}

/**
 * What to say when something could not be verified.
 *
 * @param {HTMLElement} box
 * @param {any} error
 */
export function showFailure(box, error) {
  if (error.status === 404) {
    showVerdict(
      box,
      null,
      localized(
        "このサーバーは証明のファイルを公開していません。kaihyo verify を使ってください。",
        "This server does not publish proofs. Use kaihyo verify.",
      ),
    );
  } else if (error.status === 503) {
    showVerdict(
      box,
      null,
      localized("まだ木に入っていません。数秒後に読み直してください。", "Not hashed yet. Reload in a few seconds."),
    );
  } else {
    showVerdict(box, false, localized("検証できませんでした。", "Verification failed."), error.message);
  }
}
