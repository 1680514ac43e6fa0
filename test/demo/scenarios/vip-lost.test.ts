import {expect, it} from 'vitest';
import type {Stage} from '../../../source/demo/model.ts';
import {leases} from '../../../source/demo/objects/lease.ts';
import {pods} from '../../../source/demo/objects/pod.ts';
import {instantOf} from '../../../source/demo/objects/time.ts';
import {minutesBefore, podOf, start, troubled} from './started.ts';

const holding = ({store}: Stage, name: string) => leases.get(store, name, 'kube-system')?.spec;

it('leaves the address without an owner, while everybody looks well', () => {
	const {stage, advance, now} = start('vip-lost');
	expect(troubled(stage)).toEqual([]);
	expect(minutesBefore(holding(stage, 'plndr-cp-lock')?.renewTime)).toBe(4);
	advance(300);
	expect(minutesBefore(holding(stage, 'plndr-svcs-lock')?.renewTime)).toBe(4);
	// The control plane's own elections are none of kube-vip's.
	expect(now() - instantOf(holding(stage, 'k3s')?.renewTime)).toBeLessThan(10_000);
});

it('gives it to whoever is started anew', () => {
	const {stage, advance, now} = start('vip-lost');
	const {spec} = podOf(stage, 'kube-system', 'kube-vip');
	pods.remove(stage.store, podOf(stage, 'kube-system', 'kube-vip'));
	advance(60);
	const {holderIdentity, renewTime} = holding(stage, 'plndr-cp-lock') ?? {};
	expect(holderIdentity).toBe(spec.nodeName);
	expect(now() - instantOf(renewTime)).toBeLessThan(10_000);
});
