"""A small House election as an office would fill it in: two units of Tokyo, one of each contest."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = list[list[str]]

ELECTION = {
    "選挙コード": "house51",
    "選挙名": "第51回衆議院議員総選挙",
    "環境": "訓練",
    "投票日": "令和8年2月8日",
}
DISTRICT = "house-district/13-01"
BLOCK = "house-block/tokyo"
JUSTICES = "justices/house51"


def sheets() -> dict[str, Rows]:
    """Sheet -> rows, heading first. Every code that can be derived is left blank."""
    return {
        "選挙": [["項目", "内容"], *([name, text] for name, text in ELECTION.items())],
        "党派": [
            ["コード", "名称", "略称", "色"],
            ["ao", "青い党", "青", "#0000ff"],
            ["aka", "赤い党", "赤", ""],
        ],
        "開票区": [
            ["コード", "名称", "都道府県", "団体コード", "選挙区"],
            ["", "千代田区", "東京都", "131016", "東京都第1区"],
            ["", "中央区", "13", "131024", "東京都第1区"],
        ],
        "選挙区": [
            ["コード", "選挙の種類", "名称", "定数", "都道府県", "ブロック", "開票区"],
            ["", "衆議院小選挙区", "東京都第1区", "1", "東京", "", ""],
            ["", "衆議院比例代表", "（比例代表）東京都", "19", "", "東京都", "すべて"],
            ["", "国民審査", "最高裁判所裁判官国民審査", "0", "", "", ""],
        ],
        "候補者": [
            ["選挙区", "氏名", "党派", "性別", "年齢", "新前元", "職業", "重複立候補", "届出政党"],
            ["東京都第1区", "髙橋　一郎", "青い党", "男", "45", "前", "議員", BLOCK, "○"],
            ["東京都第1区", "高橋　一郎", "赤", "男", "50", "新", "農業", "", "○"],
            ["東京都第1区", "開票　花子", "", "女", "３８", "元", "", "", ""],
        ],
        "名簿": [
            ["選挙区", "党派", "名称"],
            ["（比例代表）東京都", "ao", "青い党"],
            ["（比例代表）東京都", "赤い党", "赤い党"],
        ],
        "名簿登載者": [
            ["選挙区", "名簿", "順位", "氏名", "重複する選挙区"],
            [BLOCK, "青い党", "1", "髙橋　一郎", "東京都第1区"],
            [BLOCK, "青い党", "2", "青井　次郎", ""],
            [BLOCK, "赤い党", "1", "赤井　三郎", ""],
        ],
        "裁判官": [["氏名", "ふりがな"], ["裁判　太郎", "さいばん　たろう"], ["法　花子", ""]],
        "機関": [
            ["コード", "名称", "役割", "都道府県", "上級機関", "開票区", "設立"],
            ["", "千代田区開票所", "開票所", "東京都", "", "千代田区", ""],
            ["", "東京都選挙管理委員会", "都道府県", "東京都", "nation", "", ""],
            ["nation", "中央選挙管理会", "国", "", "", "", "○"],
            ["ministry", "総務省選挙部", "国", "", "", "", "○"],
        ],
    }


def write(
    folder: Path, tables: Mapping[str, Sequence[Sequence[str]]], encoding: str = "utf-8"
) -> Path:
    """Write tables as a folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
    return folder
