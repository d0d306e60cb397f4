/** Shapes of the page that founds an election. */

/** A municipality of the register, by its code of six digits. */
interface Municipality {
  code: string;
  name: string;
  wards: { code: string; name: string }[];
}

interface OfferedKind {
  kind: string;
  word: string;
  english: string;
  ballot: string;
  is_single: boolean;
  title: string;
  manager: string;
  answers: string[];
}

/** What may be founded at this address, and the words that are recorded. */
interface SetupOffer {
  offer: { environments: string[]; election: string; needs_code: boolean };
  served: { election: string; environment: string };
  prefectures: Record<string, string>;
  causes: string[];
  words: Record<string, string>;
}

/** A line of a ballot as it is typed: a person, or an option of a poll. */
interface TypedOption {
  name: string;
  kana: string;
  party: string;
  sex: string;
  age: string;
  standing: string;
  occupation: string;
}

interface TypedContest {
  kind: string;
  name: string;
  seats: string;
  full_seats: string;
  causes: string;
  ballot: string;
  is_single: boolean;
  answers: string[];
  options: TypedOption[];
}

interface TypedUnit {
  name: string;
  code: string;
  prefecture: string;
}

/** A workbook of a whole definition, which stands for what is typed. */
interface WholeWorkbook {
  file: string;
  /** As the server has read them. */
  sheets: unknown[];
  /** Id of its election; empty until it was checked. */
  election: string;
}

/** A definition that is being typed; kept in the browser until it is founded. */
interface SetupDraft {
  /** `municipality`, `prefecture` or `nation`. */
  manager: string;
  workbook: WholeWorkbook | null;
  prefecture: string;
  municipality: Municipality | null;
  commission: string;
  name: string;
  code: string;
  polling_day: string;
  contests: TypedContest[];
  units: TypedUnit[];
  signatures: string;
  first: string;
  final_by: string;
}

type TypedRow = Record<string, string>;

/** What is posted to be checked: a table of rows each, the election alone one row. */
interface TypedTables {
  election: TypedRow;
  parties: TypedRow[];
  units: TypedRow[];
  contests: TypedRow[];
  candidates: TypedRow[];
  options: TypedRow[];
  offices: TypedRow[];
}

interface TableFault {
  table: string;
  row: number | null;
  field: string;
  sentence: string;
}

/** An office that is there from the first entry. */
interface FoundingOffice {
  id: string;
  name: string;
  role: string;
  persons: number;
  manages: boolean;
}

/** What is to be checked: what is typed, or a workbook. */
interface DefinitionContent {
  typed?: TypedTables;
  workbook?: { sheets: unknown[]; environment: string };
}

interface CheckedDefinition {
  faults: TableFault[];
  notes: TableFault[];
  summary: {
    name: string;
    polling_day: string;
    units: number;
    offices: number;
    parties: number;
    kinds: { kind: string; contests: number; seats: number; candidates: number }[];
    commands: number;
    notes: string[];
  } | null;
  election: string;
  founders: FoundingOffice[];
  submissions: Submission[];
}

/** Tables, and for each row of them the fields of the page that it was made from. */
interface MadeTables {
  tables: TypedTables;
  /** `table/row/field` -> name of the field on the page. */
  fields: Map<string, string>;
}

interface NewKey {
  public_key: string;
  proof: string;
}
