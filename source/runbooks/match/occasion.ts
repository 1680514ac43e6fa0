import type {Subject} from '../../vocabulary.ts';

/** What a runbook is looked for: a finding by its name (`node-not-ready:nuc-2`, or the id alone), an alert, or both. */
export type Occasion = {
	readonly finding?: {readonly name: string; readonly subject?: Subject | undefined};
	readonly alert?: {readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly runbookUrl?: string};
};

/** The id of a finding's name and what it is about; '' where it says only the id. */
export function partsOf(name: string): {readonly id: string; readonly about: string} {
	const at = name.indexOf(':');
	return at < 0 ? {id: name, about: ''} : {id: name.slice(0, at), about: name.slice(at + 1)};
}
