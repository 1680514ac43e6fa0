import {memoised, own, type Row, type SafeText} from '../../../vocabulary.ts';
import {type Command, type Entry, keymap} from '../keymap.ts';
import type {Offer} from './offer.ts';

/** What the commands of keys depend on. */
export type Here = {
	/** The row under the cursor. */
	readonly row: Row | undefined;
	/** It can be acknowledged or accepted. */
	readonly markable: boolean;
	readonly contexts: number;
	/** There is something to open with `o`. */
	readonly opens: boolean;
	/** The table of keys, where it is another than the usual one. */
	readonly entries?: readonly Entry[] | undefined;
};

/** Why a command leads nowhere here; undefined where it does. */
function whyNot(command: Command, {row, markable, contexts, opens}: Here): SafeText | undefined {
	switch (command) {
		case 'mark':
			return markable ? undefined : own('go to an incident or a risk first');
		case 'logs':
		case 'writers':
			return row === undefined ? own('no row is selected') : undefined;
		case 'copy':
			return row?.subject === undefined ? own('no object stands behind a selected row') : undefined;
		case 'contexts':
			return contexts > 1 ? undefined : own('there is one context only');
		case 'shell':
			return opens ? undefined : own('there is nothing to open here');
		default:
			return undefined;
	}
}

const offerOf = memoised(({keys, commands: [command = 'help'], does, called: [text = '', ...also] = ['']}: Entry): Offer => {
	return {
		key: `command:${command}`,
		text: own(text),
		also,
		about: own(`${does} (${keys[0]})`),
		lead: {is: 'command', command},
	};
});

/** What keys do, as far as it can be called by a name. */
export const namedCommands = ({entries = keymap, ...here}: Here): readonly Offer[] =>
	entries
		.filter(({called}) => called !== undefined)
		.map(entry => {
			const [offer, not] = [offerOf(entry), whyNot(entry.commands[0] ?? 'help', here)];
			return not === undefined ? offer : {...offer, not};
		});
