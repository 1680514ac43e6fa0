import {safeText} from '../../cluster/safe-text.ts';
import type {LineState} from '../../cluster/transport.ts';
import type {IncidentsFacts} from '../../findings/incidents.ts';
import {missingPermissions} from '../../findings/permissions.ts';
import type {LiveWorld, World} from '../../findings/world.ts';
import {paneIds} from '../../vocabulary.ts';
import type {Picture, PictureSource, Wrong} from './model.ts';
import {detailOf, viewsOf} from './views.ts';

function oldestOf(views: Picture['panes']): number | undefined {
	const since = paneIds
		.map(id => views[id].state)
		.flatMap(state => (state.is === 'stale' && state.since > 0 ? [state.since] : []));
	return since.length === 0 ? undefined : Math.min(...since);
}

/** How many incidents there are by severity, those that cannot be judged apart; and risks that nobody accepted. */
function wrongOf({incidents, risks, marks}: IncidentsFacts): Wrong {
	const raised = incidents.filter(({root}) => root.is === 'raised');
	const critical = raised.filter(({severity}) => severity === 'critical').length;
	return {
		critical,
		warning: raised.length - critical,
		unknown: incidents.length - raised.length,
		risks: risks.filter(({name}) => !marks.has(name)).length,
	};
}

export type Place = {readonly context: string; readonly server: URL; readonly demo: boolean};

/** The pictures of a world, as the shell draws them. */
export function picturesOf(world: LiveWorld, {context, server, demo}: Place): PictureSource {
	const {transport, now} = world.cluster;
	const place = {context: safeText(context), server: safeText(server.host), demo};
	let before: {readonly world: World; readonly line: LineState; readonly picture: Picture} | undefined;

	const draw = (): Picture => {
		const facts = world.current();
		const line = transport.line();
		const {latency} = line;
		const known = before?.world === facts ? before : undefined;
		if (known !== undefined && known.line.is === line.is && known.line.why === line.why && known.picture.latency === latency)
			return known.picture;
		const views = viewsOf(facts, world.cluster);
		const said = {is: line.is, ...(line.why === undefined ? {} : {why: line.why})};
		const picture = {
			...place,
			line: said,
			latency,
			oldest: oldestOf(views),
			panes: views,
			wrong: wrongOf(facts.incidents),
			notes: missingPermissions(world.cluster),
		};
		before = {world: facts, line, picture};
		return picture;
	};
	return {
		current: draw,
		subscribe: listener => {
			const stops = [world.subscribe(listener), transport.onLine(listener)];
			return () => {
				for (const stop of stops) stop();
			};
		},
		detail: (pane, key) => detailOf(world.current(), pane, key, world.cluster),
		now,
	};
}
