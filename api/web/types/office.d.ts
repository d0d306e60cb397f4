/** Shapes of what the pages of offices read, keep and send. Votes are integer thousandths. */

interface People {
  male: number;
  female: number;
}

interface OfficeKey {
  keyid: string;
  state: string;
  enrolled_by?: string;
}

interface Office {
  id: string;
  name: string;
  role: string;
  units: string[];
  prefecture?: string;
  registered: boolean;
  signatures_required: number;
  manages: boolean;
  /** Contests of others' log that a municipality manages all the same. */
  contests?: string[];
  keys: OfficeKey[];
  record?: OfficeRecord | null;
}

/** The entry of an office in the register, as an approval of its key signs it. */
interface OfficeRecord {
  id: string;
  name: string;
  role: string;
  prefecture?: string;
  units?: string[];
  parent?: string;
  signatures_required?: number;
}

interface OwnOffice {
  id: string;
  name: string;
  role: string;
  manages: boolean;
}

/** A private key at rest: wrapped by a key that its person's PIN makes. */
interface LockedKey {
  salt: Uint8Array<ArrayBuffer>;
  rounds: number;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** A key of this device; its private half cannot be read out. */
interface DeviceKey {
  keyid: string;
  public_key: string;
  /** The private half under a PIN. */
  locked?: LockedKey;
  /** The private half of a key that was made before keys had PINs. */
  private_key?: CryptoKey;
  office: string;
  label: string;
  made_at: string;
  proof: string;
  /** What the register says of it, once it has been asked. */
  state?: string;
  /** Known from the register alone: its person signs on another device. */
  isElsewhere?: boolean;
}

/** A posting that one person signed: its bytes, in the envelope that has one signature. */
interface HalfSigned {
  submission: any;
  keyid: string;
  /** Of the bytes that both sign. */
  sha256: string;
  envelope: { payload: string; payloadType: string; signatures: { keyid: string; sig: string }[] };
}

/** What the second person looks at before signing. */
interface CosignedReport extends HalfSigned {
  form: ReportForm;
  book: CountBook;
  rows: string[][];
}

/** A key as it signs: its number and its opened half. */
interface SigningKey {
  keyid: string;
  private_key?: CryptoKey | undefined;
}

interface BallotLine {
  id: string;
  name: string;
  party?: string;
  of_list?: string;
  list_id?: string;
  /** Its place in the notice: 届出番号. */
  number?: number;
}

/** What one of those between whom a pool is divided has without it, and gets of it. */
interface PoolShare {
  option: string;
  own?: number;
  share?: number;
}

/** Ballots that fit several: what is written on them, how many, between whom. */
interface BallotPool {
  name: string;
  ballots: number;
  sharers: PoolShare[];
}

/** A pool as it is named on a sheet that is being filled in. */
interface PoolName {
  name: string;
  options: string[];
}

/** What of a draft says which fields its sheet has. */
interface SheetDraft {
  final: boolean;
  pools?: PoolName[] | undefined;
  pools_unstated?: string;
}

interface Tally {
  votes: Record<string, number>;
  no?: Record<string, number>;
  cut: number;
  nobody: number;
  valid: number;
  invalid: number;
  ballots: number;
  taken_away: number;
  rejected: number;
  voters?: number;
  invalid_by_reason?: Record<string, number>;
  pools?: BallotPool[];
  pools_unstated?: string;
}

interface TurnoutFigures {
  electors: People;
  voters: People;
  overseas_electors?: People;
  overseas_voters?: People;
  by_method?: Record<string, number>;
  estimated?: boolean;
}

interface TallyReport {
  report: number;
  final: boolean;
  as_of: string;
  tally: Tally;
  notices?: string[];
}

interface TurnoutReport {
  report: number;
  final: boolean;
  as_of: string;
  figures: TurnoutFigures;
  notices?: string[];
}

/** What the same unit reported of another contest. */
interface OtherTurnout {
  name: string;
  final: boolean;
  figures: TurnoutFigures;
}

/** One contest in one reporting unit, with its ballot and its last reports. */
interface Count {
  contest: string;
  unit: string;
  name: string;
  kind: string;
  /** Whether justices are reviewed: each has two figures. */
  is_review?: boolean;
  state: string;
  ballot: BallotLine[];
  ballot_sha256: string;
  /** Whether a sheet may have pools of shared ballots, and needs them or a reason. */
  takes_pools?: boolean;
  /** Members of the 特定枠: on a sheet inside a pool only. */
  pool_members?: BallotLine[];
  last?: TallyReport | null;
  turnout?: TurnoutReport | null;
  /** Turnout of the prefecture at the last election, in hundredths of a percent. */
  last_rate?: number;
  other_turnouts?: OtherTurnout[];
  uncontested?: boolean;
  returned_reason?: string;
}

interface CountBook extends Count {
  unit_name: string;
  own: boolean;
}

interface WorkbookUnit {
  code: string;
  name: string;
  counts: Count[];
}

interface Workbook {
  units: WorkbookUnit[];
  position: number;
  phase: string;
  pause_reason: string;
  unsigned: boolean;
  takes_answers: boolean;
  /** Whether a sheet says who typed its entries, or why there is one. */
  names_typists: boolean;
}

interface OfficeData {
  office: Office;
  workbook: Workbook;
  read_at: string;
}

/** How a figure is read and shown: in thousandths with decimals, or whole. */
interface FigureFormat {
  votes?: boolean;
  negative?: boolean;
}

interface Field extends FigureFormat {
  id: string;
  label: string;
  group?: string;
  letter?: string;
  note?: string;
  /** 届出番号 of whom the field is about. */
  number?: number;
  required?: boolean;
  people?: boolean;
  final?: boolean;
  review?: boolean;
  option?: string;
  words?: string[];
}

/** Field id -> value; a field that is empty has none. */
type FieldValues = Record<string, number>;
/** Field id -> what was typed. */
type FieldTexts = Record<string, string>;
/** Field id -> what is wrong. */
type FieldErrors = Record<string, string>;

interface FigureReading {
  value?: number;
  error?: string;
}

interface FieldReadings {
  values: FieldValues;
  errors: FieldErrors;
}

type IdentityState = "open" | "true" | "false";

/** A sum that must hold, as far as its figures are there. */
interface Identity {
  id: string;
  text: string;
  field: string;
  state: IdentityState;
  stated: number | undefined;
  computed: number | undefined;
  difference: number | undefined;
  how: FigureFormat;
  sentence: string;
}

/** What the server asks of final figures before they are sent. */
interface Question {
  code: string;
  options: string[];
  before: number;
  now: number;
}

interface AskedQuestions {
  questions: Question[];
  /** Final sheets of other units that were compared. */
  compared: number;
}

interface SheetWarning {
  code: string;
  field: string;
  sentence: string;
}

/** What was typed into one sheet, kept at every keystroke. */
interface Draft {
  key: string;
  form: string;
  contest: string;
  unit: string;
  step: string;
  mode: string;
  final: boolean;
  as_of: string;
  reason: string;
  remark: string;
  answers?: Record<string, string>;
  first: FieldTexts;
  second: FieldTexts;
  ballot_sha256: string;
  on_behalf: boolean;
  sealed?: SealedFigures;
  /** The first entry's pools while the second is typed; `pools` are then the second one's. */
  sealed_pools?: SealedFigures;
  signers?: string[];
  scan_sha256?: string;
  saved_at?: string;
  problem?: Problem | null;
  refused_id?: string;
  pools?: PoolName[] | undefined;
  /** The second entry's pools while `pools` are the first one's. */
  second_pools?: PoolName[] | undefined;
  pools_unstated?: string;
  /** The report whose cells stay where nothing is typed: only in a correction of single cells. */
  base?: { report: number; texts: FieldTexts } | undefined;
  /** Which cells the first entry changed. */
  asked?: string[] | undefined;
  /** Whether D, F and I follow from the cells. */
  sums?: boolean;
  /** The report that stood when it was begun; null where there was none. */
  last_report?: number | null;
  /** Figures put in from an earlier report: field id -> text and where it is from. */
  carried?: Record<string, { text: string; from: string }>;
  /** Ids of the keys of those who type the first and the second entry. */
  typists?: string[];
  /** Which of the two entries came from a paste or a file. */
  imported?: "first" | "second" | undefined;
  /** Why an interim report is sent after one entry. */
  one_entry?: string | undefined;
  /** Ballots in a bundle, where bundles are typed. */
  bundle?: number | undefined;
}

interface SealedFigures {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

type LastReport = { report: number; final: boolean; as_of: string; values: FieldValues };

/** Figures that the unit itself reported before: of the same contest, or offered from another one. */
interface CarriedFigures {
  from: string;
  isSame: boolean;
  texts: FieldTexts;
}

/** A kind of report: what is typed, what is checked, what is sent. */
interface ReportForm {
  name: string;
  title: string;
  isTwice: boolean;
  stages: [string, string][];
  fields(book: CountBook, draft: Draft): Field[];
  last(book: CountBook): LastReport | null;
  /** Figures of earlier reports of this unit that a new report may begin with. */
  carried?(book: CountBook): CarriedFigures[];
  identities(book: CountBook, values: FieldValues, draft: Draft): Identity[];
  /** What follows from the figures, as rows of words, where anything does. */
  derived?(book: CountBook, values: FieldValues, draft: Draft): [string, string][];
  check(book: CountBook, draft: Draft, typed: FieldTexts): FieldReadings;
  warnings(book: CountBook, values: FieldValues, draft: Draft): SheetWarning[];
  command(book: CountBook, draft: Draft, values: FieldValues): Command;
}
