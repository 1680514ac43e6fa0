import {nameOf, type Symptom} from '../diagnosis.ts';
import {memoised, own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {count, shownName} from '../words.ts';
import {type Etcd, type FailingVoter, isServer} from './etcd.ts';
import type {NodeFact} from './fact.ts';
import type {NodeRecord} from './node.ts';
import type {VipFact} from './vip.ts';

const second = 1000;

/** What findings about etcd as a whole are about. */
export const etcd = own('etcd');

type Members = Extract<Etcd, {readonly failing: unknown}>;
const isVisible = (of: Etcd): of is Members => of.is === 'members' || of.is === 'by node';

const standIns = own('control-plane nodes stand in for the members: Kubernetes does not see etcd itself');

/** With one or two voters there is nothing to lose on a good day either. */
const isAtRisk = ({voters, healthy, needed}: Members) => healthy < needed || (voters >= 3 && healthy === needed);

/** When so many voters had failed that it began; 0 where one of them does not say. */
function atRiskSince({voters, needed, failing}: Members): number {
	const enough = voters - needed + (voters >= 3 ? 0 : 1);
	const times = failing.map(({since}) => since).sort((a, b) => a - b);
	return times[0] === 0 ? 0 : (times[enough - 1] ?? 0);
}

function riskWords({is, healthy, needed}: Members): SafeText {
	if (healthy >= needed) return own('one failure from losing quorum');
	return is === 'by node' ? own('fewer control-plane nodes than a quorum') : own('no quorum, nothing can be written');
}

const failureWords = ({node, why}: FailingVoter): SafeText => say`${node}: ${why}`;

function quorum(of: Etcd): readonly Symptom[] {
	if (!isVisible(of) || of.voters === 0 || !isAtRisk(of)) return [];
	const {voters, healthy, needed, failing} = of;
	return [
		{
			id: 'etcd-quorum-at-risk',
			about: etcd,
			after: {critical: 60 * second},
			since: atRiskSince(of),
			title: riskWords(of),
			evidence: [
				say`${healthy} of ${count(voters, 'voter')} healthy, ${needed} needed`,
				...failing.map(failureWords),
				...(of.is === 'by node' ? [standIns] : []),
			],
			causes: failing.filter(({isSilent}) => isSilent).map(({node}) => nameOf('node-not-ready', node)),
		},
	];
}

function evenVoters(of: Etcd): readonly Symptom[] {
	if (!isVisible(of) || of.voters === 0 || of.voters % 2 !== 0) return [];
	const {voters, needed} = of;
	return [
		{
			id: 'etcd-even-voters',
			about: etcd,
			after: {warning: 0},
			since: 0,
			title: say`${voters} voters survive no more failures than ${voters - 1}`,
			evidence: [say`quorum of ${voters} is ${needed}: ${voters - needed} may fail`, ...(of.is === 'by node' ? [standIns] : [])],
			causes: [],
		},
	];
}

const alone = memoised((node: NodeRecord): readonly Symptom[] => [
	{
		id: 'control-plane-single',
		about: shownName(node),
		subject: {resource: 'nodes', namespace: '' as RawName, name: node.name},
		after: {warning: 0},
		since: node.createdAt,
		title: own('the only control-plane node'),
		evidence: [own('no other node has the role control-plane')],
		causes: [],
	},
]);

/** What is wrong with the control plane as a whole. The same nodes give the same list. */
export const controlPlaneSymptoms = memoised((nodes: readonly NodeFact[]): readonly Symptom[] => {
	const [first, ...others] = nodes.filter(isServer);
	return first === undefined || others.length > 0 ? [] : alone(first.node);
});

/** What is wrong with etcd, as far as Kubernetes shows it. The same etcd gives the same list. */
export const etcdSymptoms = memoised((of: Etcd): readonly Symptom[] => [...quorum(of), ...evenVoters(of)]);

/** So many moves within a quarter of an hour are flapping. */
const tooOften = 3;

const ownerless = ({holder, isLeft}: VipFact): SafeText => {
	if (isLeft) return own('expired for more than a week: left behind by kube-vip?');
	return holder === '' ? own('released, and nobody took it') : own('lease expired, nobody holds the address');
};

/** What is wrong with an address that kube-vip keeps. */
export const vipSymptoms = memoised((vip: VipFact): readonly Symptom[] => {
	const {lease, subject, holder, lasts, expiredAt, isLeft, moves} = vip;
	const moved = moves.reduce((sum, {times}) => sum + times, 0);
	if (expiredAt === 0 && moved < tooOften) return [];
	const movedWords = say`moved ${moved} times in 15 min`;
	const flapping = moved < tooOften ? {} : {warning: 0};
	const base = {id: 'vip-without-owner' as const, about: lease, subject};
	if (expiredAt === 0)
		return [
			{...base, after: flapping, since: moves[0]?.at ?? 0, title: movedWords, evidence: [say`held by ${holder}`], causes: []},
		];
	return [
		{
			...base,
			after: isLeft ? {warning: 0} : {...flapping, critical: 15 * second},
			...(isLeft ? {class: 'risk' as const} : {}),
			since: expiredAt,
			title: ownerless(vip),
			evidence: [
				holder === '' ? own('no holder') : say`last held by ${holder}`,
				say`lasts ${lasts} s without renewal`,
				...(moved > 0 ? [movedWords] : []),
			],
			causes: holder === '' ? [] : [nameOf('node-not-ready', holder)],
		},
	];
});
