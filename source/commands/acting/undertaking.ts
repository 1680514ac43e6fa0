import type {ActionId, ActionRequest} from '../../actions/request.ts';
import type {Undertaking} from '../../actions/undertaking.ts';
import type {Runbooks} from '../../interface/shell/guide/reach.ts';
import type {Settings} from '../../settings.ts';
import {commandLine} from '../../shell-word.ts';
import {type SafeText, say} from '../../vocabulary.ts';
import type {Guiding} from '../runbook/guiding.ts';
import type {Session} from '../session.ts';

/** What can be changed from the dashboard, and what it has to know of that. Loaded when it is first asked for. */
export type Undertakings = {
	readonly undertake: (request: ActionRequest) => Promise<Undertaking>;
	readonly hindrances: () => Promise<ReadonlyMap<ActionId, SafeText>>;
	readonly runbooks: () => Promise<Runbooks>;
	/** Stops what still runs; resolves at its end with what somebody who leaves has to know. */
	readonly close: () => Promise<readonly SafeText[]>;
};

/** Where actions are taken: on the cluster that is looked at when they are asked for. */
export type Ground = {
	readonly here: () => Session;
	/** What is declared for the embedded cluster; undefined for a real one. */
	readonly demo: Settings | undefined;
	readonly readOnly: boolean;
	/** Whether `--kubeconfig` named the file. */
	readonly namedFile: boolean;
};

/** So many namespaces of schedules are asked about. */
const mostNamespaces = 4;

/** The namespaces in which something of this cluster would be done: that of the context, those of its schedules. */
function namespacesOf({target, world}: Session): readonly string[] {
	const schedules = world.current().backups.tiers.flatMap(({schedule}) => (schedule === undefined ? [] : [schedule.namespace]));
	return [...new Set([target.namespace || 'default', ...schedules])].slice(0, mostNamespaces);
}

/** Makes what the dashboard takes actions with. */
export function undertakingsOn({here, demo, readOnly, namedFile}: Ground): Undertakings {
	let last: Undertaking | undefined;

	const hands = async () => {
		const {handsOn} = await import('../hands.ts');
		const {target, cluster} = here();
		const {transport, now} = cluster;
		return handsOn({target, namedFile, transport, now, demo, readOnly, from: 'palette'}, process.env);
	};

	let guiding: Promise<Guiding> | undefined;

	return {
		runbooks: () => {
			guiding ??= import('../runbook/guiding.ts').then(({guidingOn}) => guidingOn({here, hands}));
			return guiding;
		},
		undertake: async request => {
			const [{openUndertaking}, {actionFor}, given] = await Promise.all([
				import('../../actions/open-undertaking.ts'),
				import('../../actions/actions.ts'),
				hands(),
			]);
			last = openUndertaking(request, given, actionFor);
			return last;
		},
		hindrances: async () => {
			const [{hindrancesOf}, given] = await Promise.all([import('../../actions/hindrances.ts'), hands()]);
			return hindrancesOf(given, namespacesOf(here()));
		},
		close: async () => {
			last?.stop();
			const end = await last?.ended;
			const walked = (await (await guiding)?.close()) ?? [];
			if (end?.is !== 'ended' || end.outcome.resume === undefined) return walked;
			const line = commandLine(end.outcome.resume);
			return [...walked, say`${end.plan.title}: ${end.outcome.text}`, ...(line === undefined ? [] : [say`to go on: ${line}`])];
		},
	};
}
