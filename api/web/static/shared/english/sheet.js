// English for the sheets: fields, checks, comparisons.
export default {
  "一人目": "First officer",
  "二人目": "Second officer",
  "二人の入力が{0}か所で違います。用紙を見直し、正しい数字を両方の欄に入れてください。":
    "The two entries differ in {0} places. Look at the paper again and put the right figure into both fields.",
  "欄": "Field",
  "差": "Difference",
  "ほかの{0}か所は一致しています。": "The other {0} figures agree.",
  "もう一度照合する": "Compare again",
  "二人目の入力に戻る": "Back to the second entry",
  "一人目の入力に戻る": "Back to the first entry",
  "二人の入力は{0}か所すべて一致しました。": "The two entries agree in all {0} figures.",
  "次へ（確認と送信）": "Next (review and send)",
  "{0}：{1}": "{0}: {1}",
  "持ち帰りと思われる票数が{0}です。投票者数より投票が多いのはなぜか、理由を書いてください。":
    "Ballots presumed taken away are {0}. Write why there are more ballots than voters.",
  "無効投票が投票総数の15%を超えています（{0} / {1}）。":
    "Invalid ballots are more than 15% of all ballots ({0} / {1}).",
  "前回{0} → 今回{1}": "last {0} → now {1}",
  "{0}の票が前回より減っています（{1}）。候補者の取り違えがないか確かめてください。":
    "{0} has fewer votes than in the last report ({1}). Make sure that no two candidates were mixed up.",
  "{0}の票が前回の10倍以上です（{1}）。桁を確かめてください。":
    "{0} has ten times the votes of the last report or more ({1}). Check the number of digits.",
  "投票者数{0}が、投票状況の確定{1}と違います。期日前・不在者・在外の入れ忘れがないか確かめてください。":
    "Voters {0} differ from the final turnout {1}. Make sure that early, absentee and overseas votes are in.",
  "投票総数{0}が、投票状況の投票者数{1}を超えています。":
    "Ballots {0} are more than the voters of the turnout report, {1}.",
  "投票総数{0}が有権者数{1}の95%を超えています。": "Ballots {0} are more than 95% of the electors, {1}.",
  "投票総数が前回の{0}から{1}に減っています。前回が誤りなら「前の報告の訂正」を選び、理由を付けて送ってください。":
    "Ballots fell from {0} to {1}. If the last report was wrong, choose “correction of the last report” and give the reason.",
  "投票総数{0}が有権者数{1}を超えています。桁と開票区を確かめてください。":
    "Ballots {0} are more than the electors, {1}. Check the digits and the counting district.",
  "持ち帰りがマイナス": "taken away is negative",
  "票が前回より減少": "votes fell",
  "票が前回の10倍以上": "ten times the last report",
  "投票者数が投票状況と不一致": "voters differ from the turnout",
  "無効率15%超": "invalid above 15%",
  "投票率95%超": "turnout above 95%",
  "投票総数が投票者数を超過": "more ballots than voters",
  "持ち帰りと思われる票数が{0}です。不在者・在外・期日前の箱や束の入れ忘れがないか確かめてください。":
    "Ballots presumed taken away are {0}. Make sure that no box or bundle of absentee, overseas or early votes was left out.",
  "同じ名前か、字体だけが違う名前が用紙に二つ以上あるため、入れていません：{0}。欄に直接入れてください。":
    "Left out, because the sheet has two names alike or different only in the form of a character: {0}. Type the figures into their fields.",
  "持ち帰りが多い": "many taken away",
  "投票率{0}％が、前回の選挙の都道府県の投票率{1}％と20ポイントを超えて違います。投票者数と有権者数を確かめてください。":
    "Turnout {0}% is more than 20 points away from that of the prefecture at the last election, {1}%. Check voters and electors.",
  "投票者数{0}が有権者数{1}の95%以上です。欄を取り違えていないか確かめてください。":
    "Voters {0} are 95% or more of the electors, {1}. Make sure that no field was mistaken for another.",
  "男の投票率{0}％と女の投票率{1}％が15ポイントを超えて違います。男女の欄を確かめてください。":
    "Turnout of men, {0}%, and of women, {1}%, are more than 15 points apart. Check the fields of men and women.",
  "投票率が前回の{0}％から{1}％に急に上がっています。桁と欄を確かめてください。":
    "Turnout jumped from {0}% to {1}%. Check digits and fields.",
  "有権者数{0}が{1}の{2}と5%を超えて違います。桁を確かめてください。":
    "Electors {0} are more than 5% away from those of {1}, {2}. Check the digits.",
  "有権者数の男女が{0}と入れ違っているようです。男女の欄を確かめてください。":
    "Men and women among the electors seem to be exchanged, compared with {0}. Check the fields of men and women.",
  "投票者数の男女が{0}と入れ違っているようです。男女の欄を確かめてください。":
    "Men and women among the voters seem to be exchanged, compared with {0}. Check the fields of men and women.",
  "投票率{0}％が、{1}の{2}％と10ポイントを超えて違います。投票者数と有権者数を確かめてください。":
    "Turnout {0}% is more than 10 points away from that of {1}, {2}%. Check voters and electors.",
  "投票者数{0}が、開票報告の投票者数{1}と違います。": "Voters {0} differ from those of the tally sheet, {1}.",
  "開票報告の投票総数{0}が、投票者数{1}を超えています。":
    "Ballots of the tally sheet, {0}, are more than the voters, {1}.",
  "投票総数{0}が、この用紙の投票者数{1}を超えています。": "Ballots {0} are more than the voters of this sheet, {1}.",
  "按分の際切り捨てた票数が{0}です。案分で切り捨てるのは、案分ごとに候補者一人1000分の1票未満です。":
    "Votes cut in division are {0}. Each division cuts less than a thousandth of a vote per candidate.",
  "前回の報告": "the last report",
  "投票率が前回の選挙と20ポイント超の差": "turnout more than 20 points from last time",
  "投票総数が用紙の投票者数を超過": "more ballots than the sheet's voters",
  "切り捨てた票が多い": "much cut in division",
  "他の開票区に比べ票がほとんどない候補": "hardly any votes, unlike other units",
  "候補の取り違えの疑い": "two candidates may be exchanged",
  "投票率が前回の報告から急増": "turnout jumped since the last report",
  "有権者数が前回の報告と5%超の差": "electors more than 5% from the last report",
  "有権者数が他の選挙と5%超の差": "electors more than 5% from another contest",
  "投票率が他の選挙と10ポイント超の差": "turnout more than 10 points from another contest",
  "男女の投票率が15ポイント超の差": "turnout of men and women more than 15 points apart",
  "男女の入れ違いの疑い": "men and women may be exchanged",
  "「{0}」は数として読めません。0～9の数字で入力してください。": "“{0}” is not a number. Type the digits 0 to 9.",
  "端数は使えません。整数で入力してください。": "No fractions here. Type a whole number.",
  "小数は第3位までです。第4位以下は切り捨ててB（切り捨てた票数）に入れてください。":
    "Three decimals at most. Cut the rest off and put it into B (cut in division).",
  "桁が多すぎます。桁を確かめて入力し直してください。": "Too many digits. Check them and type the figure again.",
  "マイナスは使えません。0以上の数を入力してください。": "No negative numbers here. Type 0 or more.",
  "今回": "Now",
  "前回": "Last",
  "増減": "Change",
  "無効投票の理由別の内訳（任意）": "Invalid ballots by reason (optional)",
  "理由": "Reason",
  "候補者・名簿・裁判官（届出順）": "Candidates, lists or justices (in order of the notice)",
  "男女別": "By sex",
  "開票録の欄": "Totals of the record",
  "投票の方法別": "By way of voting",
  "得票の合計 ": "Sum of votes ",
  "有権者数の計": "Electors",
  "投票者数の計": "Voters",
  "投票率": "Turnout",
  "入力待ち": "not filled in yet",
  "合っています": "adds up",
  "合いません": "does not add up",
  "差 {0}（記載 {1}・計算 {2}）": "difference {0} (stated {1}, computed {2})",
  "表計算から取り込む（貼り付け・CSV・xlsx）": "Take figures from a spreadsheet (paste, CSV, xlsx)",
  "表計算の列を写して、下の表の欄に貼り付けると、下へ順に入ります。":
    "Copy a column of a spreadsheet and paste it into a field of the sheet below: it fills downwards.",
  "ファイルから読み込む": "Read a file",
  "1列目に氏名か欄の名前、となりに数字。読み込んでも、まだ何も送られません。":
    "Names of candidates or fields in the first column, figures beside them. Nothing is sent by reading a file.",
  "回線がないため xlsx は読めません。CSV で保存し直すか、表からコピーして貼り付けてください。":
    "Without a line xlsx cannot be read. Save it as CSV, or copy the column and paste it.",
  "開票報告": "Counting report",
  "所定の用紙を用いないもの": "Not the official paper",
  "候補者でない者の氏名を記載したもの": "Name of a person who is no candidate",
  "候補者となることができない者の氏名を記載したもの": "Name of a person who may not stand",
  "届出のできない政党等の候補者の氏名を記載したもの": "Candidate of a party that may not nominate",
  "二人以上の氏名を記載したもの": "Two or more names",
  "被選挙権のない候補者の氏名を記載したもの": "Candidate who is not eligible",
  "氏名のほか他事を記載したもの": "Anything besides the name",
  "氏名を自書しないもの": "Name not in the voter's own hand",
  "何人を記載したか確認し難いもの": "Not clear whom it names",
  "白紙投票": "Blank",
  "雑事を記載したもの": "Scribble",
  "記号・符号を記載したもの": "Mark or sign",
  "按分の際切り捨てた票数": "Cut in division",
  "いずれの候補者にも属さない票数": "Belonging to nobody",
  "有効投票数": "Valid ballots",
  "無効投票数": "Invalid ballots",
  "投票総数": "Ballots",
  "持ち帰りと思われる票数": "Presumed taken away",
  "不受理と決定した票数": "Rejected",
  "投票者数": "Voters",
  "{0}　×（罷免を可とする）": "{0}　× (dismiss)",
  "{0}　記載なし": "{0}　blank (keep)",
  "「{0}」が空です。なければ0を入力してください。": "“{0}” is empty. Type 0 if there are none.",
  "E ＝ 無効投票の理由別の合計": "E = sum of invalid ballots by reason",
  "{0}：×＋記載なし ≦ D": "{0}: × + blank ≦ D",
  "{0}の×と記載なしの合計{1}が、有効投票数D {2}を{3}上回っています。用紙と照らして直してください。":
    "For {0}, × and blank are {1}, which is {3} more than the valid ballots D {2}. Check the paper and correct it.",
  "{0} が合いません。記載は{1}、計算では{2}（差 {3}）。用紙と照らして直してください。":
    "{0} does not add up: stated {1}, computed {2} (difference {3}). Check the paper and correct it.",
  "当日有権者数（在外を含む）": "Electors (with overseas)",
  "投票者数（在外を含む）": "Voters (with overseas)",
  "うち在外の有権者数": "of whom overseas electors",
  "うち在外の投票者数": "of whom overseas voters",
  "男": "men",
  "女": "women",
  "当日投票": "On the day",
  "期日前投票": "Early",
  "不在者投票": "Absentee",
  "確定時・任意": "final, optional",
  "有権者数": "Electors",
  "在外の投票者数": "Overseas voters",
  "在外の有権者数": "Overseas electors",
  "{0}（{1}）{2}が{3}{4}を超えています。確かめて直してください。":
    "{0} ({1}) {2}: more than {3}, {4}. Check and correct it.",
  "投票者数 ＝ 当日 ＋ 期日前 ＋ 不在者": "Voters = on the day + early + absentee",
  "当日・期日前・不在者の合計{0}が投票者数{1}と一致しません。内訳を確かめてください。":
    "On the day, early and absentee are {0} together, but voters are {1}. Check the parts.",
  "投票状況": "Turnout",
  "途中（当日投票のみ）": "Interim (votes on the day only)",
  "確定（期日前・不在者を含む）": "Final (with early and absentee votes)",
  "投票者数（{0}）が前回の{1}から{2}に減っています。前回が誤りなら「前の報告の訂正」を選んでください。":
    "Voters ({0}) fell from {1} to {2}. If the last report was wrong, choose “correction of the last report”.",
  "「{0}」は漢数字です。0～9の数字で入力し直してください。": "“{0}” is written in characters. Type the digits 0 to 9.",
  "「{0}」は途中に空白があります。一つの欄に一つの数だけを入れてください。":
    "“{0}” has a space inside. One number in one field.",
  "「{0}」は桁区切りの位置が違います。1,234 のように入力するか、区切りを除いてください。":
    "The separators in “{0}” are in the wrong places. Type it like 1,234 or without them.",
  "この開票区の用紙にない名前の行は入れていません：{0}。名前を確かめてください。":
    "Rows left out because their names are not on this sheet: {0}. Check the names.",
  "名前のない数字の行は入れていません：{0}。どの欄の数字かを確かめてください。":
    "Figures in rows without a name were not taken: {0}. Check which fields they belong to.",
  "同じ名前の行が二つ以上あります：{0}。はじめの行だけを入れました。":
    "The same name stands in two rows or more: {0}. Only the first row was taken.",
  "{0}「{1}」": "{0} “{1}”",
  "数として読めないため入れていません：{0}。表計算のエラーなら式を直すか、数字を書いてください。":
    "Left out because this is no figure: {0}. If it is an error of the spreadsheet, mend the formula or write the figure.",
  "数字の列が二つ以上あるため入れていません：{0}。使う列だけを残すか、その列だけを貼り付けてください。":
    "Left out because there are two columns of figures or more: {0}. Leave only the column to use, or paste that column alone.",
  "数字の列が二つ以上あります。使う列だけを残すか、その列だけを貼り付けてください。":
    "There are two columns of figures or more. Leave only the column to use, or paste that column alone.",
  "欄より{0}行多いため、余りは入れていません。貼り付けた範囲を確かめてください。":
    "{0} rows more than there are fields; they were left out. Check what you pasted.",
  "{0}か所に入れました。用紙と照らして確かめてください。": "Filled in {0} fields. Check them against the paper.",
  "どの欄にも入れていません。": "Nothing was filled in.",
  "はじめの行の「{0}」が数として読めないため、何も入れていません。見出しなら除いて、数字だけを貼り付けてください。":
    "Nothing was filled in, because “{0}” in the first row is not a number. If it is a heading, leave it out and paste the figures alone.",
  "ファイルに何も入っていません。正しいファイルか確かめてください。":
    "The file is empty. Make sure that it is the right one.",
  "先頭のシート「{0}」を読みました。ほかのシート（{1}）は読んでいません。":
    "Read the first sheet “{0}”. Other sheets ({1}) were not read. ",
};
