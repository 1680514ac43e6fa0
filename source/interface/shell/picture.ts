import {safeText} from '../../cluster/safe-text.ts';
import type {LineState} from '../../cluster/transport.ts';
import type {IncidentsFacts} from '../../findings/incidents.ts';
import {type Dark, knownDetail, knownViews} from '../../findings/known-view.ts';
import {missingPermissions} from '../../findings/permissions.ts';
import {unseen} from '../../findings/unseen.ts';
import type {LiveWorld, World} from '../../findings/world.ts';
import type {LastKnown} from '../../last-known.ts';
import type {TopPods} from '../../nodes/top-pods.ts';
import {own, paneIds, type SafeText} from '../../vocabulary.ts';
import {keepSame} from './latest.ts';
import type {Outage, Picture, PictureSource, Wrong} from './model.ts';
import {noObjects, type Objects, objectsOf} from './objects.ts';
import {detailOf, viewsOf} from './views.ts';

function oldestOf(views: Picture['panes']): number | undefined {
	const since = paneIds
		.map(id => views[id].state)
		.flatMap(state => (state.is === 'stale' && state.since > 0 ? [state.since] : []));
	return since.length === 0 ? undefined : Math.min(...since);
}

/** What the pods of a node use, while its detail is open. */
export type Measuring = {readonly top: () => TopPods; readonly close: () => void};

/** How many incidents there are by severity, those that cannot be judged apart; and risks that nobody accepted. */
function wrongOf({incidents, risks, marks, blind}: IncidentsFacts): Wrong {
	const raised = incidents.filter(({root}) => root.is === 'raised');
	const critical = raised.filter(({severity}) => severity === 'critical').length;
	return {
		critical,
		warning: raised.length - critical,
		unknown: incidents.length - raised.length,
		risks: risks.filter(({name}) => !marks.has(name)).length,
		unread: blind.some(({loading, required}) => loading && required),
	};
}

/** What is shown of a cluster that has said nothing in this run: what was known of it last. One thing is wrong, and unknown. */
function darkPicture(dark: Dark): Pick<Picture, 'panes' | 'wrong' | 'objects'> {
	return {panes: knownViews(dark), objects: noObjects, wrong: {critical: 0, warning: 0, unknown: 1, risks: 0, unread: true}};
}

export type Place = {
	readonly context: string;
	readonly server: URL;
	readonly demo: boolean;
	readonly guard?: SafeText | undefined;
};

/** What stands beside a world: what is found out while its API is gone, and what is measured while somebody looks closely. */
export type Beside = {
	readonly outage?: Outage;
	/** What could not be read of what is kept here, a sentence each. */
	readonly complaints?: readonly SafeText[];
	/** What was known of the cluster last. */
	readonly last?: () => LastKnown | undefined;
	/** Begins to measure the pods of a node; until it is closed. */
	readonly measure?: (node: string, changed: () => void) => Measuring;
};

const noNotes: Picture['notes'] = [];
const noOutage: Outage = {said: () => undefined, subscribe: () => () => {}};

/** The pictures of a world, as the shell draws them. */
export function picturesOf(world: LiveWorld, {context, server, demo, guard}: Place, beside: Beside = {}): PictureSource {
	const {transport, now} = world.cluster;
	const {outage = noOutage, last = () => undefined, measure, complaints = []} = beside;
	const place = {context: safeText(context), server: safeText(server.host), demo, ...(guard === undefined ? {} : {guard})};
	const kept = complaints.map(text => ({health: 'warn' as const, text}));
	const listeners = new Set<() => void>();
	const sameObjects = keepSame<Objects>();
	let before: {readonly world: World; readonly line: LineState; readonly picture: Picture} | undefined;
	let measuring: {readonly node: string; readonly pods: Measuring} | undefined;

	/** True until any source has been read: a stale one was. */
	const isUnread = () => unseen(world.cluster).blind.every(({state}) => state.is === 'loading');

	/** What was known last, while nothing is known now: the line is not up, its doors were knocked at, and no source was read. */
	const darkOf = (line: LineState): Dark | undefined => {
		const known = line.is !== 'up' && outage.said() !== undefined && isUnread() ? last() : undefined;
		return known && {known, why: own('known last; the API server does not answer'), now: now()};
	};

	const draw = (): Picture => {
		const facts = world.current();
		const line = transport.line();
		const {latency} = line;
		const told = line.is === 'up' ? noNotes : (outage.said() ?? noNotes);
		const known = before?.world === facts && before.picture.outage === told ? before : undefined;
		if (known !== undefined && known.line.is === line.is && known.line.why === line.why && known.picture.latency === latency)
			return known.picture;
		const dark = darkOf(line);
		const shown = dark
			? darkPicture(dark)
			: {panes: viewsOf(facts, world.cluster), objects: sameObjects(objectsOf(facts)), wrong: wrongOf(facts.incidents)};
		const said = {is: line.is, ...(line.why === undefined ? {} : {why: line.why})};
		const picture = {
			...place,
			...shown,
			line: said,
			latency,
			oldest: oldestOf(shown.panes),
			notes: [...kept, ...missingPermissions(world.cluster)],
			outage: told,
		};
		before = {world: facts, line, picture};
		return picture;
	};

	const changed = () => {
		for (const listener of listeners) listener();
	};

	return {
		current: draw,
		subscribe: listener => {
			listeners.add(listener);
			const stops = [world.subscribe(listener), transport.onLine(listener), outage.subscribe(listener)];
			return () => {
				listeners.delete(listener);
				for (const stop of stops) stop();
			};
		},
		detail: (pane, key) => {
			const dark = darkOf(transport.line());
			if (dark !== undefined) return knownDetail(draw().panes[pane], key, dark);
			const topPods = measuring?.node === key ? measuring.pods.top() : undefined;
			return detailOf(world.current(), pane, key, world.cluster, topPods);
		},
		attend: open => {
			const node = open?.pane === 'nodes' ? open.key : undefined;
			if (measuring?.node === node) return;
			measuring?.pods.close();
			measuring = node === undefined || measure === undefined ? undefined : {node, pods: measure(node, changed)};
		},
		now,
	};
}
