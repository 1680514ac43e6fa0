import type {BackupTier} from '../../backups/tier.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {Refusal} from '../../cluster/refusal.ts';
import type {Transport} from '../../cluster/transport.ts';
import {write} from '../../cluster/write.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {join, whyUnread} from '../../words.ts';
import type {Component} from '../../workloads/component.ts';
import {podKind} from '../../workloads/pod.ts';
import type {Concern} from '../plan.ts';
import type {Body} from './objects.ts';
import {goingWords, placeWords} from './offers.ts';

const about = ({subject}: BackupTier): Pick<Concern, 'about'> => (subject === undefined ? {} : {about: subject});

/** Not while another run of the same tier is going; one that is taken up again is that run. */
export function otherRun(tier: BackupTier, resumes: string | undefined): readonly Concern[] {
	const going = goingWords(tier);
	if (going === undefined) return [];
	if (resumes !== undefined) return [{check: 'other-run', weight: 'tells', ...about(tier), text: going}];
	const wayOut = own("wait until it is over: two at once would get in each other's way");
	return [{check: 'other-run', weight: 'refuses', ...about(tier), text: going, wayOut}];
}

/** Velero makes one backup at a time unless it is told to make several: others are waited for. */
export function queue(tier: BackupTier, tiers: readonly BackupTier[]): readonly Concern[] {
	const ofVelero = ['schedule', 'loose'].map(kind => `${kind}/${tier.subject?.namespace}/`);
	const others = tiers.filter(({key}) => key !== tier.key && ofVelero.some(start => key.startsWith(start)));
	return others.flatMap(other => {
		const going = goingWords(other);
		return going === undefined ? [] : [{check: 'queue', weight: 'tells', text: say`${going}: this one may wait for it`} as const];
	});
}

/** Where it would be written to. */
export function place(tier: BackupTier): readonly Concern[] {
	const text = placeWords(tier);
	const wayOut = own('nothing could be written there: make it reachable first');
	return text === undefined ? [] : [{check: 'location', weight: 'refuses', ...about(tier), text, wayOut}];
}

/** A schedule that is paused, or refused, does not run by itself: a backup by hand is made nevertheless. */
export function schedule(tier: BackupTier): readonly Concern[] {
	if (tier.schedule === undefined) return [];
	const {paused, phase, errors} = tier.schedule;
	const said: Concern[] = [];
	if (paused)
		said.push({
			check: 'schedule',
			weight: 'tells',
			...about(tier),
			text: say`${tier.shown} is paused: this backup is made, and none by its schedule after it`,
			wayOut: say`midwatch backup --unpause ${tier.shown}`,
		});
	if (phase === 'FailedValidation')
		said.push({
			check: 'schedule',
			weight: 'unknown',
			...about(tier),
			text: join([say`${tier.shown} is refused as a schedule`, join(errors, '; ')], ': '),
			wayOut: own('what it says of times is of no matter now; what it says of the backup is'),
		});
	return said;
}

/** Whoever would make it has to run. */
export async function controller(reader: Reader, namespace: string, component: Component): Promise<readonly Concern[]> {
	const {state, records} = await reader.read(podKind, {namespace});
	const why = whyUnread(state);
	const check = 'controller';
	if (why !== undefined) return [{check, weight: 'unknown', text: say`whether ${own(component)} runs is not known: ${why}`}];
	const pods = [...records.values()].filter(pod => pod.component === component);
	if (pods.some(({ready}) => ready)) return [];
	const text = say`${own(component)} has no ready pod: nothing begins until it runs`;
	return [{check, weight: 'blocks', text, wayOut: own('midwatch snapshot platform tells what is wrong with it')}];
}

/** What the server itself says to what would be made, keeping nothing of it. Rejects where it does not answer. */
export async function judge(transport: Transport, collection: string, name: string, body: Body): Promise<readonly Concern[]> {
	try {
		const object = {...body, metadata: {...body.metadata, name}};
		await write(transport, {method: 'POST', path: collection, body: object, dryRun: true});
		return [];
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		// The name is of this second: that it is taken says that another run has just begun, which is told on its own.
		if (error.status === 409) return [];
		return [verdict(error.status, error.sentence)];
	}
}

/** Some webhooks cannot be asked what they would say. */
function verdict(status: number, sentence: SafeText): Concern {
	const check = 'server';
	if (status === 400 && /dry.?run/i.test(sentence))
		return {check, weight: 'unknown', text: say`the server could not try it: ${sentence}`};
	const isForUs = status === 403 && sentence.includes('cannot create resource');
	const wayOut = own(isForUs ? 'midwatch rbac prints the role that may' : 'mend what its words name, in what makes the backups');
	return {check, weight: 'refuses', text: say`the server would refuse it: ${sentence}`, wayOut};
}
