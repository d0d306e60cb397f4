// The part of a sheet where pools of shared ballots are named: what is written, between whom.
import { el, fieldId, showFieldError } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { draftPools, poolField, possibleSharers, takesPools } from "./ballot_pools.js";

/**
 * Pools of one entry to add and take away, and the reason where figures were divided elsewhere.
 *
 * @param {{
 *   book: CountBook, draft: Draft, which: "first" | "second", changed: () => void, redraw: () => void,
 * }} about
 */
export function poolEditor({ book, draft, which, changed, redraw }) {
  if (!takesPools(book)) return null;
  const pools = draftPools(book, draft);
  /** @param {PoolName[]} next */
  const replace = (next) => {
    draft.pools = next;
    changed();
    redraw();
  };
  return el(
    "details",
    {
      class: "pools",
      id: "pools",
      open: Boolean(draft.pools || pools.length || draft.pools_unstated || draft[which].cut),
    },
    el("summary", {}, t("按分票（同じ氏・名・略称だけを書いた票）")),
    el(
      "p",
      { class: "small" },
      t(
        "二人以上に共通する氏名などだけを書いた票は、按分せずに票数のまま入力します。得票の欄には按分する前の票数を入れます。割り振り・切捨て（B）・属さない票（C）は計算されます。",
      ),
    ),
    pools.length
      ? el(
          "ul",
          {},
          pools.map((pool) =>
            poolRow(book, pool, () => {
              delete draft[which][poolField(pool)];
              replace(pools.filter((each) => each !== pool));
            }),
          ),
        )
      : null,
    newPool(book, pools, (pool) => replace([...pools, pool])),
    pools.length ? null : reasonField(draft, changed),
  );
}

/**
 * @param {CountBook} book
 * @param {PoolName} pool
 * @param {() => void} remove
 */
const poolRow = (book, pool, remove) =>
  el(
    "li",
    {},
    t`「${pool.name}」：${possibleSharers(book)
      .filter(({ id }) => pool.options.includes(id))
      .map(({ name }) => name)
      .join(t("、"))} `,
    el("button", { type: "button", on: { click: remove } }, t`「${pool.name}」を消す`),
  );

/**
 * @param {CountBook} book
 * @param {PoolName[]} pools
 * @param {(pool: PoolName) => void} add
 */
function newPool(book, pools, add) {
  const name = el("input", { type: "text", id: fieldId("pool-name"), maxlength: "200", autocomplete: "off" });
  const boxes = possibleSharers(book).map(({ id, name: word, of_list }) => ({
    id,
    box: el("input", { type: "checkbox", id: fieldId(`pool-sharer/${id}`) }),
    word: [word, of_list].filter(Boolean).join("　"),
  }));
  const addTyped = () => {
    const written = name.value.trim();
    const options = boxes.filter(({ box }) => box.checked).map(({ id }) => id);
    const fault = poolFault(pools, written, options);
    showFieldError("pool-name", fault);
    if (!fault) add({ name: written, options });
  };
  return el(
    "fieldset",
    { class: "new-pool" },
    el("legend", {}, t("按分票を加える")),
    el(
      "div",
      { class: "field" },
      el("label", { for: name.id }, t("票に書かれた文字")),
      name,
      el("p", { class: "error", id: `${name.id}-error`, hidden: true }),
    ),
    el("p", {}, t("あてはまる人・名簿（二つ以上）")),
    el(
      "ul",
      { class: "choices" },
      boxes.map(({ box, word }) => el("li", {}, el("label", {}, box, ` ${word}`))),
    ),
    el("button", { type: "button", id: "add-pool", on: { click: addTyped } }, t("この按分票を加える")),
  );
}

/**
 * @param {PoolName[]} pools
 * @param {string} written
 * @param {string[]} options
 */
function poolFault(pools, written, options) {
  if (!written) return t("票に書かれた文字を入力してください。");
  if (pools.some(({ name }) => name === written)) return t`「${written}」はすでにあります。`;
  return options.length < 2 ? t("あてはまる人・名簿を二つ以上選んでください。") : "";
}

/**
 * @param {Draft} draft
 * @param {() => void} changed
 */
function reasonField(draft, changed) {
  const id = fieldId("pools_unstated");
  return el(
    "div",
    { class: "field" },
    el("label", { for: id }, t("按分した数字だけがあり、内訳を書けないとき、その理由（公開されます）")),
    el("textarea", {
      id,
      rows: "2",
      maxlength: "2000",
      value: draft.pools_unstated ?? "",
      on: {
        input: (event) => {
          draft.pools_unstated = event.target.value;
          showFieldError("pools_unstated", "");
          changed();
        },
      },
    }),
    el("p", { class: "error", id: `${id}-error`, hidden: true }),
  );
}
