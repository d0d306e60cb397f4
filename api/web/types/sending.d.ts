/** Shapes of what is sent and of what comes back. */

/** A command on the wire: its tag and its fields. */
type Command = { command: string; contest?: string; unit?: string; [field: string]: any };

interface Submission {
  election: string;
  environment: string;
  office: string;
  submission_id: string;
  command: Command;
  on_behalf?: boolean;
  scan_sha256?: string;
}

/** A refusal or a fault as the server tells it (RFC 9457). */
interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  facts?: Record<string, any>;
}

interface Receipt {
  position: number;
  body_sha256?: string;
  recorded_at: string;
  submission_id: string;
  repeated?: boolean;
  notices?: { code: string }[];
}

/** A submission on its way. `text` has the bytes that go out, once they are signed. */
interface OutboxItem {
  submission_id: string;
  submission: Submission;
  signers: string[];
  /** Keys that their persons opened to sign this posting, until it is answered. */
  opened?: Record<string, CryptoKey>;
  title: string;
  rows: string[][];
  form?: string;
  contest?: string;
  unit?: string;
  office_name: string;
  made_at: string;
  number: number;
  state: string;
  text?: string | null;
  /** One of those who signed did so on another device. */
  is_cosigned?: boolean;
  sha256?: string;
  sequence?: number;
  draft?: any;
  problem?: Problem | null;
}

interface ReceiptItem extends Omit<OutboxItem, "text"> {
  receipt: Receipt;
  envelope?: string;
  proof?: LogProof;
  code?: { text: string; rows: string[] } | null;
}

/** What this device found out about an entry in the public log. */
interface LogProof {
  state: "proven" | "pending" | "absent" | "bad";
  why?: string;
  size?: number;
  origin?: string;
  fingerprint?: string;
  text?: string;
  at?: string;
}

interface OutboxDetail {
  submission_id: string;
  state: string;
  problem?: Problem | null;
  receipt?: Receipt;
  draft?: string;
}

interface ChainLink {
  sequence: number;
  sha256: string | null;
}

interface PostAnswer {
  status: number;
  body: any;
  retry_after: number;
}

/** Events between the modules of one page. */
interface OfficeEvents extends EventTarget {
  addEventListener(type: "outbox", listener: (event: CustomEvent<OutboxDetail>) => void): void;
  addEventListener(
    type: "connection" | "maybe-connected" | "office-data" | "board" | "log",
    listener: () => void,
  ): void;
  removeEventListener(type: "outbox", listener: (event: CustomEvent<OutboxDetail>) => void): void;
}

interface LogKey {
  name: string;
  id: string;
  key: CryptoKey;
  fingerprint: string;
}

interface SignedCheckpoint {
  origin: string;
  size: number;
  root: Uint8Array<ArrayBuffer>;
}

/** What may be put into an element: text, elements, lists of both; nothing is left out. */
type Child = Node | string | number | null | undefined | false | Child[];

type StoreName = "keys" | "drafts" | "outbox" | "receipts" | "shelf";

/** Who signs one posting; `opened` where a PIN opened the key. */
interface Signer {
  keyid: string;
  opened?: CryptoKey;
}

/** The fields in which one person signs. */
interface SignerChoice {
  name: string;
  element: HTMLElement;
  keyid(): string;
  /** Whether its person signs on another device. */
  isElsewhere(): boolean;
  /** Open the key with what was typed; null where that is not its PIN. */
  open(): Promise<Signer | null>;
}

/** What it takes to choose the keys that sign a posting. */
interface SigningFlow {
  /** The fields as they stand on the page. */
  choices?: SignerChoice[];
  keys: DeviceKey[];
  /** Keys of the office on other devices, where the second person may sign there. */
  elsewhere?: DeviceKey[];
  /** Show the text for the other device; where the first person signed for it. */
  handOver?: (text: string) => void;
  /** How many keys sign. */
  signatures: number;
  /** A rehearsal that takes postings without a signature. */
  unsigned: boolean;
  draft: { signers?: string[] };
}

/** A report or an answer at its last look. */
interface ReviewFlow extends SigningFlow {
  office: Office;
  book: { own: boolean };
  draft: { key: string; signers?: string[]; problem?: Problem | null };
}

/** What is sent, and what its receipt shows. */
interface ReviewedReport {
  command: Command;
  scan_sha256?: string;
  title: string;
  form: string;
  contest: string;
  unit: string;
  rows: string[][];
}
