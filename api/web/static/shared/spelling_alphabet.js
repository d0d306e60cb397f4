// Letters as they are spelled on the telephone (和文通話表: 無線局運用規則別表第5号).

/** Forty-four letters, each at the end of the words that spell it. */
export const SPELLED =
  "朝日のア いろはのイ 上野のウ 英語のエ 大阪のオ 為替のカ 切手のキ クラブのク 景色のケ 子供のコ 桜のサ 新聞のシ すずめのス 世界のセ そろばんのソ 煙草のタ 千鳥のチ 鶴亀のツ 手紙のテ 東京のト 名古屋のナ 日本のニ 沼津のヌ ねずみのネ 野原のノ はがきのハ 飛行機のヒ 富士山のフ 平和のヘ 保険のホ マッチのマ 三笠のミ 無線のム 明治のメ もみじのモ 大和のヤ 弓矢のユ 吉野のヨ ラジオのラ りんごのリ 留守居のル れんげのレ ローマのロ わらびのワ".split(
    " ",
  );

/** The same letters for who reads no kana. */
export const ROMAJI =
  "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru re ro wa".split(
    " ",
  );
