import {own, type RawName, type SafeText, say} from '../../../vocabulary.ts';
import {shownName} from '../../../words.ts';
import type {Running} from '../../action.ts';
import type {DrainState} from './state.ts';
import {tally, waitingFor} from './told.ts';

/** Lines that are kept. */
const mostLines = 100;

/** Tells whoever runs a drain how far it is, over all of its nodes. */
export type Reporter = {
	/** The turn of another node has come, with so many pods that have to go. */
	readonly turn: (node: RawName, pods: number) => void;
	readonly state: (state: DrainState) => void;
	/** Something has happened apart from the pods. */
	readonly line: (line: SafeText) => void;
	/** What is waited for apart from the pods. */
	readonly waiting: (why: SafeText) => void;
};

/** `of`: how many nodes there are. */
export function makeReporter(of: number, report: Running['report']): Reporter {
	let at = 0;
	let title = own('drain');
	let state: DrainState | undefined;
	let total = 0;
	let lines: readonly SafeText[] = [];
	const tell = (waiting: readonly SafeText[]) => {
		const {gone, total: all} = state === undefined ? {gone: 0, total} : tally(state);
		const shown = [...lines, ...(state?.lines ?? [])].slice(-mostLines);
		report({short: say`${title}  ${gone} of ${all} gone`, done: gone, total: all, waiting, lines: shown});
	};
	return {
		turn: (node, pods) => {
			lines = [...lines, ...(state?.lines ?? [])].slice(-mostLines);
			state = undefined;
			total = pods;
			at += 1;
			title = of === 1 ? say`drain ${shownName({name: node})}` : say`drain ${shownName({name: node})} (${at} of ${of})`;
			tell([]);
		},
		state: next => {
			state = next;
			tell(waitingFor(next));
		},
		line: line => {
			lines = [...lines, line];
			tell([]);
		},
		waiting: why => tell([why]),
	};
}
