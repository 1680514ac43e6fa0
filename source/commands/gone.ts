import {probe} from '../cluster/probe.ts';
import {knockable} from '../findings/check/unreachable.ts';
import {knownViews} from '../findings/known-view.ts';
import {own, type PaneView, type SafeText, type ViewId} from '../vocabulary.ts';
import type {Once} from './once.ts';
import {outageNotes} from './outage.ts';

/** How long is waited at each door, ms. */
const patience = 1000;

/** What is told of a cluster that has said nothing at all. */
export type Gone = {
	readonly sentences: readonly SafeText[];
	/** What was known of it last; undefined where it was never seen from here. */
	readonly views: Readonly<Record<ViewId, PaneView>> | undefined;
};

/** Knocks at the doors of a cluster that said nothing, and remembers what was known of it last. */
export async function goneFrom({cluster: {transport}, keeping: {known}, now}: Once): Promise<Gone> {
	const probes = await probe(knockable(transport.server, known), patience);
	const {why = own('no answer'), heardAt} = transport.line();
	const notes = outageNotes({server: transport.server, why, isHeard: heardAt > 0, probes, known, now});
	return {
		sentences: notes.map(({text}) => text),
		views: known && knownViews({known, why: own('known last; the API server does not answer'), now}),
	};
}
