import type {SafeText} from '../vocabulary.ts';

/** What a command does to the world. `unknown` counts as changing. */
export type CommandClass = 'reading' | 'changing' | 'destructive' | 'unknown';

/** Where something stands in its file: lines from 1, both included; offsets in UTF-16 units, the end excluded. */
export type Range = {readonly from: number; readonly to: number; readonly start: number; readonly end: number};

/** What a phase is for, by the meaning of its heading. */
export const phaseKinds = [
	'meaning',
	'impact',
	'diagnosis',
	'causes',
	'mitigation',
	'verification',
	'preparation',
	'other',
] as const;
export type PhaseKind = (typeof phaseKinds)[number];

/** What a person does at a step. */
export type Doing =
	/** A script for the user's shell, exactly as written. `output` is what the author shows of it, never run. */
	| {readonly is: 'shell'; readonly script: string; readonly class: CommandClass; readonly why: SafeText; readonly output: string}
	/** Command lines of our own, one per line, as words. */
	| {readonly is: 'midwatch'; readonly commands: readonly (readonly string[])[]}
	/** Waits until a finding clears, a condition is met, or time has passed. */
	| {readonly is: 'wait'; readonly until: Wait}
	/** Something to do or decide by hand. */
	| {readonly is: 'manual'};

export type Wait =
	| {readonly is: 'cleared'; readonly finding: string}
	| {readonly is: 'condition'; readonly command: readonly string[]}
	| {readonly is: 'time'; readonly ms: number};

export type Step = {
	/** Stable while the file is: `diagnosis-3`. */
	readonly id: string;
	/** From 1, over the whole runbook: what `--step N` takes. */
	readonly number: number;
	readonly title: SafeText;
	readonly doing: Doing;
	/** Names of parameters that it uses, without the dollar. */
	readonly parameters: readonly string[];
	/** Those of them that stand outside quotes: a value with blanks or patterns would be taken apart. */
	readonly unquoted: readonly string[];
	/** It cannot be run as it stands: a placeholder where no value may be put. Why. */
	readonly toEdit?: SafeText;
	readonly range: Range;
};

/** What stands in a phase, in its order: prose as Markdown source, and steps. */
export type Block =
	| {readonly is: 'prose'; readonly text: SafeText; readonly lines: readonly SafeText[]; readonly range: Range}
	| {readonly is: 'step'; readonly step: Step};

export type Phase = {
	readonly kind: PhaseKind;
	readonly title: SafeText;
	/** 1–6; 0 for what stands before the first heading. */
	readonly level: number;
	readonly range: Range;
	readonly blocks: readonly Block[];
};

export type Parameter = {
	readonly name: string;
	readonly about: SafeText;
	readonly default?: string;
	/** A regular expression that the whole value has to match. */
	readonly pattern?: string;
	readonly type: 'string' | 'number' | 'node' | 'namespace';
};

/** One alert's or finding's worth of a file: files in the style `## Alert: X` hold several. */
export type Runbook = {
	/** The file's name without its ending, or with `#alertname` where a file holds several. */
	readonly id: string;
	readonly title: SafeText;
	readonly file: string;
	/** Where it comes from: shipped with midwatch, the user's directory, or the directory one stands in. */
	readonly origin: 'library' | 'user' | 'project';
	readonly alerts: readonly string[];
	readonly findings: readonly string[];
	readonly severity: SafeText;
	/** Of a library runbook: `on scenario node-lost`, `with fakes`, `not yet`. */
	readonly verified: SafeText;
	readonly parameters: readonly Parameter[];
	readonly phases: readonly Phase[];
	/** sha256 of the source: a session is of one text. */
	readonly hash: string;
};

/** Something odd, for `lint`. */
export type Oddity = {readonly line: number; readonly text: SafeText};
