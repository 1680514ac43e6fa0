import type {Told} from '../reuse.ts';
import {type Health, own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {count, join, shownName} from '../words.ts';
import type {Answering} from './endpoints.ts';
import type {Route} from './routes.ts';
import type {BalancerRecord} from './services.ts';
import {type Way, wayWithin} from './way.ts';

/**
 * How an address gets out: `carried` by every node that should, `partly`, `nowhere`; `kept in` on purpose; `unanswered`, nobody
 * would answer anyway; `unseen`, a link of the chain cannot be seen.
 */
export type Carried = 'carried' | 'partly' | 'nowhere' | 'kept in' | 'unanswered' | 'unseen';

/** How the address of a service is carried, and the first link that breaks it. */
export type Carriage = Told & {
	readonly key: string;
	readonly service: BalancerRecord;
	/** Undefined where endpoints are not seen. */
	readonly answering: Answering | undefined;
	/** Undefined where its configuration cannot be read. */
	readonly route: Route | undefined;
	readonly way: Way;
	readonly state: Carried;
	readonly health: Health;
	readonly word: SafeText;
	readonly broken: SafeText;
	/** Nodes that would carry it, were they selected: by name. */
	readonly passedOver: readonly RawName[];
};

/** What a carriage is judged by, joined from the sources. */
export type CarriageParts = Pick<Carriage, 'service' | 'answering' | 'route'> & {
	readonly way: Way;
	/** Nodes that no cluster config selects; and those of them whose like are selected. */
	readonly outside: readonly RawName[];
	readonly oddOnes: readonly RawName[];
};

const listed = (names: readonly RawName[], most = 3): SafeText => {
	const shown = names.slice(0, most).map(name => shownName({name}));
	const more = names.length - shown.length;
	return join([...shown, more > 0 ? say`${more} more` : undefined]);
};

/** The first link of the chain that is broken for all nodes. */
function brokenLink({service, answering, route}: CarriageParts, way: Way, whole: Way): SafeText {
	if (route === undefined) return own('');
	if (route.advertisements.length === 0) return own('no advertisement selects it');
	if (route.senders.length === 0)
		return say`no peer config sends advertisement ${join(route.advertisements.map(record => shownName(record)))}`;
	const reaches = ({wanted, unheard}: Way) => wanted.length + unheard.length > 0;
	if (!reaches(whole)) return say`no node is told to peer by ${listed(route.senders)}`;
	if (service.isLocal && !reaches(way))
		return say`traffic policy Local, and ${listed(answering?.nodes ?? [])} with its endpoints ${own(answering?.nodes.length === 1 ? 'does' : 'do')} not peer`;
	return own('no session is up that would carry it');
}

type Judged = Pick<Carriage, 'state' | 'health' | 'word'>;

const judged = (state: Carried, health: Health, word: SafeText): Judged => ({state, health, word});

function judge({service, answering, route}: CarriageParts, way: Way, broken: SafeText): Judged {
	if (route === undefined) return judged('unseen', 'unknown', own('how it is advertised cannot be seen'));
	if (route.keptOut) return judged('kept in', 'idle', own('no advertisement is meant for it'));
	if (service.isLocal && answering === undefined)
		return judged('unseen', 'unknown', own('which nodes should advertise it cannot be seen'));
	if (answering?.ready === 0) return judged('unanswered', 'idle', own('no endpoint is ready'));
	const [{wanted, by, unheard, unsure}, seen] = [way, answering !== undefined];
	const nodes = say`advertised by ${by.length} of ${count(wanted.length, 'node')}`;
	const told = join([nodes, unheard.length === 0 ? undefined : say`${unheard.length} not heard`]);
	if (by.length === 0) {
		if (!seen || unsure.length > 0) return judged('unseen', 'unknown', own('whether a node advertises it cannot be seen'));
		return judged('nowhere', 'bad', say`no node advertises it: ${broken}`);
	}
	if (by.length + unsure.length < wanted.length) return judged('partly', 'ok', told);
	return unsure.length > 0 ? judged('unseen', 'unknown', told) : judged('carried', 'ok', told);
}

/** Tells how a service's address is carried. */
export function carriage(key: string, parts: CarriageParts, from: readonly unknown[], now: number): Carriage {
	const {service, answering, route, way: whole, outside, oddOnes} = parts;
	const way = service.isLocal && answering !== undefined ? wayWithin(whole, answering.nodes) : whole;
	const broken = brokenLink(parts, way, whole);
	const told = judge(parts, way, broken);
	const lost = new Set([...way.lacking.filter(({isMissing}) => isMissing).map(({node}) => node), ...oddOnes]);
	if (service.isLocal) for (const node of answering?.nodes ?? []) lost.add(node);
	return {
		key: `service/${key}`,
		service,
		answering,
		route,
		way,
		...told,
		broken: told.state === 'nowhere' ? broken : own(''),
		passedOver: told.state === 'nowhere' || told.state === 'partly' ? outside.filter(node => lost.has(node)) : [],
		from,
		asOf: now,
		turnsAt: Number.POSITIVE_INFINITY,
	};
}
