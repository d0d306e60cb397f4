/** Shapes that belong to one page: entering, controlling, answering surveys. */

/** Attributes of an element; `on` holds listeners, `data` data attributes. */
interface Attributes {
  on?: Record<string, (event: any) => unknown>;
  data?: Record<string, string | number | boolean | undefined>;
  [name: string]: any;
}

type Reload = () => Promise<unknown> | unknown;

/** One sheet from the first figure to what is sent. */
interface ReportFlow {
  form: ReportForm;
  book: CountBook;
  draft: Draft;
  office: Office;
  keys: DeviceKey[];
  /** Keys of the office on other devices. */
  elsewhere?: DeviceKey[];
  /** Show the text for the other device. */
  handOver?(text: string): void;
  place: HTMLElement;
  unsigned: boolean;
  signatures: number;
  scan?: Promise<void>;
  go(step: string): Promise<void>;
  /** Draw the step anew where it stands. */
  redraw(): Promise<void>;
  changed(): void;
}

interface SheetView {
  element: HTMLElement;
  sums: HTMLElement;
  fields: Field[];
  inputs: Map<string, HTMLInputElement>;
  /** Compute sums and differences again. */
  refresh(): void;
  put(rows: string[][], place?: number, before?: string): void;
}

/** What a dialog asks before a command is sent. */
interface DialogRequest {
  title: string;
  word: string;
  lines?: (string | HTMLElement | null)[];
  /** The name of a field that must be written; none where it is empty. */
  text?: string;
  danger?: boolean;
  primary?: boolean;
  /** A key that has to be among the signers. */
  signer?: string;
  /** How many persons sign, where the office's own number is smaller. */
  persons?: number;
  make?: (text: string) => Command;
  send?: (request: any, text: string, signers: Signer[]) => Promise<string[]>;
  /** A sentence where what is asked about is no longer so, else "". */
  check?: () => string;
}

interface OpenDialog extends DialogRequest {
  keys: DeviceKey[];
  required: number;
  send: (request: any, text: string, signers: Signer[]) => Promise<string[]>;
  close: (answer: boolean) => void;
}

/** One count on the board of the control room. */
interface BoardRow {
  key: string;
  contest: string;
  unit: string;
  unit_name: string;
  contest_name: string;
  kind: string;
  prefecture: string;
  status: string;
  state: string;
  position: number;
  report: number;
  reports: number;
  as_of: string | null;
  recorded_at: string | null;
  ballots: number;
  voters: number;
  notices: string[];
  office: string;
  on_behalf: boolean;
  reason: string;
  /** Ballots or voters were spread over units, not counted here. */
  estimated: boolean;
  /** Warnings about which the sender wrote nothing. */
  unanswered: number;
  changed_at: number;
  /** Of its contest, where the whole board has been sent. */
  polling_day?: string;
  late?: string;
}

interface Board {
  rows: Map<string, BoardRow>;
  contests: Map<string, { id: string; name: string; kind: string; uncontested: boolean; polling_day: string }>;
  /** What each kind that is held is called, in the language of the page. */
  kinds: Map<string, string>;
  /** Those of them on which nobody is elected. */
  polls: Set<string>;
  units: Map<string, { code: string; name: string; prefecture: string }>;
  phase: string;
  pause_reason: string;
  position: number;
  /** Milliseconds by which the server's clock is ahead of this one. */
  clock_ahead: number;
  prefecture: string;
}

interface Timetable {
  first: string;
  interval: number;
  grace: number;
  final_by: string;
}

interface TurnoutRow {
  contest: string;
  unit: string;
  report: number;
  final: boolean;
  electors: number;
  voters: number;
  course: [string, number][];
  estimated: boolean;
}

interface VirtualRows<Row> {
  table: HTMLTableElement;
  show(rows: Row[]): void;
  redraw(): void;
}

interface Person {
  id: string;
  name: string;
  party?: string;
  votes?: { thousandths: number };
}

/** What the law makes of final figures, and what was declared. */
interface DecisionRow {
  contest: string;
  name: string;
  kind: string;
  ballot: string;
  seats?: number;
  /** Seats of the whole body, where fewer are to be filled. */
  full_seats?: number;
  /** Seats with the long term, where an Upper House election fills seats of both. */
  long_seats?: number;
  re_election?: boolean;
  outdated?: boolean;
  declared?: unknown;
  declared_position?: number;
  declared_named?: Person[];
  law?: { uncontested?: boolean; vacant?: number; long_terms?: string[] };
  law_named?: Person[];
  lot_between?: Person[];
  waiting_units?: string[];
  waiting_contests?: string[];
}

interface Item {
  id: string;
  title: string;
  kind: string;
  unit: string;
  minimum: number;
  maximum: number | null;
  choices: string[];
  required: boolean;
}

interface Questionnaire {
  id: string;
  title: string;
  note?: string;
  items: (Partial<Item> & { id: string; title: string })[];
  /** Item -> items that add up to it. */
  sums?: Record<string, string[]>;
  /** Item -> items of which none may exceed it. */
  within?: Record<string, string[]>;
}

type Answers = Record<string, any>;

/** The answer of one unit, and where it stands. */
interface UnitAnswer {
  unit: string;
  name: string;
  prefecture?: string;
  state: string;
  values?: Answers;
  remark?: string;
  returned?: string;
  given_at?: string;
  on_behalf?: boolean;
  reminders?: number;
  reminded_at?: string;
  reminded_note?: string;
}

interface SurveyCounts {
  missing: number;
  reminded: number;
  asked: number;
  given: number;
  returned: number;
}

interface SurveySummary {
  id: string;
  title: string;
  due: string;
  items: number;
  answers: UnitAnswer[];
  counts: SurveyCounts;
}

interface SurveyDetail {
  questionnaire: Questionnaire;
  due: string;
  total: SurveyCounts & { name: string };
  prefectures: any[];
}

interface AnswerBook {
  detail: SurveyDetail;
  form: { answer: UnitAnswer; proposed: Answers; earlier: Answers };
  own: boolean;
}

interface AnswerDraft {
  key: string;
  form: string;
  survey: string;
  unit: string;
  on_behalf: boolean;
  step: string;
  typed: FieldTexts;
  remark: string;
  signers?: string[];
  problem?: Problem | null;
}

interface AnswerFlow {
  survey: string;
  unit: string;
  book: AnswerBook;
  office: Office;
  questionnaire: Questionnaire;
  draft: AnswerDraft;
  keys: DeviceKey[];
  signatures: number;
  unsigned: boolean;
  place: HTMLElement;
  changed(): void;
  go(step: string): void;
}

interface ItemReading {
  value?: any;
  error?: string;
}

interface FilledForm {
  unit: string;
  texts: FieldTexts;
  remark?: string;
}

interface FilledItems {
  texts: FieldTexts;
  faults: string[];
}

/** A column of the board: its name, its heading, and what it is sorted by. */
type Column = [name: string, word: string, sortKey: (row: BoardRow) => string | number];

type ActionButton = (name: string, word: string, about: Omit<DialogRequest, "title" | "word">) => HTMLElement;

/** A row of a spreadsheet: the word that names a field, its figures, and other words. */
interface LabelledRow {
  word: string | undefined;
  figures: string[];
  words: string[];
  unreadable: string[];
}

/** What a spreadsheet had that went into no field, by cause. */
interface Leftovers {
  unknown: string[];
  twice: string[];
  many: string[];
  alike: string[];
  nameless: string[];
  unreadable: string[];
}

interface AnswerRow {
  item?: Item;
  text?: string;
  isMany?: boolean;
  rest?: boolean;
}

/** Somebody or something on the ballot of a contest. */
interface ActPerson {
  id: string;
  name: string;
  role: string;
  of_list?: string;
}

/** A candidate, list, member or justice as it is registered: an amendment sends the whole of it. */
interface RegisteredOption {
  id: string;
  name: string;
  members?: RegisteredOption[];
  [field: string]: unknown;
}

/** One contest as it is registered, for the forms of its office. */
interface ContestActs {
  contest: {
    id: string;
    name: string;
    seats: number;
    kind: string;
    full_seats?: number;
    /** Its own, where it is later than that of the election. */
    polling_day?: string;
    prefectures: string[];
    units: string[];
    [field: string]: unknown;
  };
  phase: string;
  polling_day: string;
  no_poll_announced: boolean;
  declared: boolean;
  people: ActPerson[];
  registered: RegisteredOption[];
  withdrawn: string[];
  vacated: string[];
  ballot: "persons" | "lists" | "open-lists" | "justices" | "options";
  has_own_options: boolean;
  parties: { id: string; name: string; short: string; [field: string]: unknown }[];
  units: { code: string; name: string; [field: string]: unknown }[];
  reported: string[];
}

/** A field of a procedure: a choice where it has options, of several ones where `kind` says so. */
interface ActField {
  id: string;
  label: string;
  kind?: "date" | "number" | "several";
  options?: [string, string][];
  value?: string | undefined;
  chosen?: string[];
  optional?: boolean;
  /** The field without which this one says nothing: filled in where that one is. */
  goesWith?: string;
  hint?: string;
}

type ActValues = Record<string, string>;

/** A procedure: when it can be asked for, what is filled in, and the command that it makes. */
interface ContestAct {
  id: string;
  word: string;
  hint?: string;
  /** What the written reason is called; none where it has none. */
  reason?: string;
  isOpen(about: ContestActs): boolean;
  needsTwo?(about: ContestActs): boolean;
  fields(about: ContestActs): ActField[];
  make(contest: string, values: ActValues, reason: string, about: ContestActs): Command;
}
