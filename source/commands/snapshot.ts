import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {safeText} from '../cluster/safe-text.ts';
import {plainIncident} from '../findings/check/json.ts';
import type {Finding} from '../findings/finding.ts';
import type {IncidentsFacts} from '../findings/incidents.ts';
import {proofOf} from '../findings/proof.ts';
import {viewsOf} from '../interface/shell/views.ts';
import {type PaneView, paneIds, type SafeText, say, type ViewId} from '../vocabulary.ts';
import {type Arguments, readArguments} from './arguments.ts';
import {json, viewData} from './data.ts';
import {goneFrom} from './gone.ts';
import {lookOnce, type Once} from './once.ts';
import {blindLines, glyphsFor, headLine, plainIncidents, plainText, plainView} from './plain.ts';
import {chooseTarget} from './target.ts';
import type {Kept} from './unkept.ts';

/** What is printed where nobody names one view: what is wrong, and everything that has a place on the screen. */
const all: readonly ViewId[] = ['incidents', ...paneIds, 'platform'];

/** The name of each finding, as it is ignored and acknowledged by, and what proves it; of an incident also what was said of it. */
function proofsOf({incidents, marks}: IncidentsFacts): ReadonlyMap<string, readonly SafeText[]> {
	const proofs = ({name, symptom}: Finding): readonly SafeText[] => [safeText(name, 317), ...symptom.evidence];
	return new Map(
		incidents.flatMap(({root, under}) => {
			const note = marks.get(root.name)?.note;
			const more = [...proofOf(root.symptom), ...(note ? [say`acknowledged: ${note}`] : [])];
			return [[root.name, [...proofs(root), ...more]] as const, ...under.map(each => [each.name, proofs(each)] as const)];
		}),
	);
}

type Views = Readonly<Record<ViewId, PaneView>>;

function asData({world, head, blind, now}: Once, views: Views, wanted: readonly ViewId[]): string {
	const {incidents, marks} = world.incidents;
	return json({
		schema: 'midwatch.snapshot/1',
		...head,
		unseen: blind,
		...(wanted.includes('incidents') ? {incidents: incidents.map(incident => plainIncident(incident, marks, now))} : {}),
		panes: Object.fromEntries(wanted.filter(id => id !== 'incidents').map(id => [id, viewData(views[id])])),
	});
}

function asText({world, head, blind, now}: Once, views: Views, wanted: readonly ViewId[], flags: Arguments['flags']): string {
	const glyphs = glyphsFor(flags);
	const parts = wanted.map(id =>
		id === 'incidents'
			? plainIncidents(views.incidents, proofsOf(world.incidents), glyphs)
			: plainView(id, views[id], glyphs, now),
	);
	return plainText([headLine(head, glyphs), ...parts, ...blindLines(blind, glyphs)], glyphs);
}

/** Prints what can be seen of a cluster, once; 0, or 3 where something required could not be seen. */
export function printSnapshot(target: ClusterTarget, {flags, words}: Arguments, demo?: Kept): Promise<number> {
	const look = async (once: Once): Promise<number> => {
		const named = words.length === 0 ? all : (words as ViewId[]);
		const gone = once.nothing ? await goneFrom(once) : undefined;
		const seen = {...once, blind: [...once.blind, ...(gone?.sentences ?? [])]};
		const views = gone?.views ?? viewsOf(once.world, once.cluster);
		// Views that say nothing but the same sentence help nobody.
		const wanted = gone === undefined ? named : named.filter(id => gone.views !== undefined && views[id].rows.length > 0);
		process.stdout.write(flags.output === 'json' ? asData(seen, views, wanted) : asText(seen, views, wanted, flags));
		return seen.head.exit;
	};
	return lookOnce(target, flags, look, demo);
}

/** `midwatch snapshot [VIEW]` */
export async function run(argv: readonly string[]): Promise<number> {
	const asked = await readArguments('snapshot', argv);
	return printSnapshot(await chooseTarget(asked.flags, 3), asked);
}
