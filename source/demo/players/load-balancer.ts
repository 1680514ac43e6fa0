import type {Stage} from '../model.ts';
import {type PoolObject, poolConditions, pools} from '../objects/cilium/pool.ts';
import {type ServiceObject, satisfiedWith, services, unsatisfied} from '../objects/service.ts';
import type {Player} from './player.ts';

/** Cilium's LB-IPAM: gives waiting Services an address of a pool, or says that there is none left. */
export const loadBalancer: Player = {
	name: 'LB-IPAM',
	every: 3,
	act: (stage, now) => {
		const present = pools.all(stage.store);
		if (present.length === 0) return;
		const all = present.flatMap(addressesOf);
		for (const service of services.all(stage.store)) {
			if (service.spec?.type !== 'LoadBalancer' || given(service).length > 0) continue;
			const taken = new Set(services.all(stage.store).flatMap(given));
			give(
				stage,
				service,
				all.find(address => !taken.has(address)),
				now,
			);
		}
		for (const pool of present) count(stage, pool, now);
	},
};

function given({status}: ServiceObject): string[] {
	return (status?.loadBalancer?.ingress ?? []).flatMap(({ip}) => (ip ? [ip] : []));
}

function give({store}: Stage, service: ServiceObject, address: string | undefined, now: number): void {
	const status = address === undefined ? unsatisfied('out_of_ips', 'All pools are out of IPs', now) : satisfiedWith(address, now);
	const [before] = (service.status?.conditions ?? []) as Array<{reason?: string}>;
	if (address === undefined && before?.reason === 'out_of_ips') return;
	services.change(store, service, draft => {
		draft.status = status;
	});
}

function count({store}: Stage, pool: PoolObject, now: number): void {
	const addresses = new Set(addressesOf(pool));
	const used = services
		.all(store)
		.flatMap(given)
		.filter(address => addresses.has(address)).length;
	const conditions = poolConditions(addresses.size, used, now);
	const said = (list: unknown) => (list as Array<{message: string}> | undefined)?.map(({message}) => message).join();
	if (said(pool.status?.conditions) === said(conditions)) return;
	pools.change(store, pool, draft => {
		draft.status = {conditions};
	});
}

/** The addresses of a pool's blocks; blocks of our worlds lie within one last octet. */
function addressesOf({spec}: PoolObject): string[] {
	return (spec?.blocks ?? []).flatMap(({start, stop}) => {
		const base = start?.replace(/\d+$/, '') ?? '';
		const [first, last] = [start, stop].map(end => Number(end?.split('.').at(-1)));
		if (first === undefined || last === undefined || !(last >= first)) return [];
		return Array.from({length: last - first + 1}, (_, at) => `${base}${first + at}`);
	});
}
