import {expect, test} from 'vitest';
import {vip} from '../../../../source/actions/drain/checks/vip.ts';
import {service} from '../../../bgp/objects.ts';
import {election, minutes, node} from '../../../nodes/objects.ts';
import {drained, told} from './sight.ts';

const nodes = [node('nuc-1'), node(drained)];
const moves = 'a drain does not move it, a reboot does';
const hostedBy = (vipHost: string) => {
	const {metadata, ...rest} = service('apps/web', '10.0.0.5');
	return {...rest, metadata: {...metadata, annotations: {'kube-vip.io/vipHost': vipHost}}};
};

test('addresses of kube-vip that the node holds are told', () => {
	const elections = [election('plndr-cp-lock', {holder: 'nuc-2'}), election('plndr-svcs-lock', {holder: 'nuc-2'})];
	expect(told(vip, {nodes, elections})).toEqual([
		`tells: nuc-2 answers for the API server's address (kube-vip, plndr-cp-lock): ${moves}`,
		`tells: nuc-2 answers for services' addresses (kube-vip, plndr-svcs-lock): ${moves}`,
	]);
});

test('those of another node, those it held once, and other elections are not', () => {
	const elections = [
		election('plndr-cp-lock', {holder: 'nuc-1'}),
		election('plndr-svcs-lock', {holder: 'nuc-2', renewed: 10 * minutes}),
		election('kube-scheduler', {holder: 'nuc-2'}),
		election('cilium-l2announce-apps-web', {holder: 'nuc-1'}),
	];
	expect(told(vip, {nodes, elections, services: [service('apps/web', '10.0.0.5'), hostedBy('nuc-1')]})).toEqual([]);
});

test('addresses of services that it answers for are told by service', () => {
	const words = `tells: nuc-2 answers for the address of apps/web 10.0.0.5: ${moves}`;
	expect(told(vip, {nodes, services: [hostedBy('nuc-2')]})).toEqual([words]);
	const elections = [election('cilium-l2announce-apps-web', {holder: 'nuc-2'})];
	expect(told(vip, {nodes, elections, services: [service('apps/web', '10.0.0.5')]})).toEqual([words]);
});
