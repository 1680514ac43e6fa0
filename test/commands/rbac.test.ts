import {loadAll} from 'js-yaml';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster} from '../../source/demo/model.ts';
import {homelab} from '../../source/demo/worlds/homelab/homelab.ts';
import type {Role} from '../../source/findings/rbac.ts';
import {tinyWorld} from '../demo/tiny-world.ts';
import {type Home, kubeconfig, newHome} from './program.ts';

let home: Home;
let embedded: EmbeddedCluster;
beforeAll(async () => {
	home = await newHome();
	embedded = await startEmbedded({world: homelab});
});
afterAll(async () => {
	await embedded.close();
	await home[Symbol.asyncDispose]();
});

const rolesIn = (yaml: string) => loadAll(yaml) as readonly Role[];
const names = (yaml: string) => rolesIn(yaml).map(({kind, metadata: {name, namespace = '-'}}) => `${kind} ${name} ${namespace}`);
const groups = (yaml: string) => new Set(rolesIn(yaml).flatMap(({rules}) => rules.flatMap(({apiGroups}) => apiGroups)));

test('prints what is needed here, as YAML that can be applied', async () => {
	const {code, stdout, stderr} = await home.run('rbac', '--kubeconfig', await embedded.writeKubeconfig());
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	expect(names(stdout)).toEqual([
		'ClusterRole midwatch-read -',
		'Role midwatch-read kube-node-lease',
		'Role midwatch-read kube-system',
		'Role midwatch-read gpu-operator',
		'ClusterRole midwatch-cordon -',
		'Role midwatch-cordon default',
		'ClusterRole midwatch-drain -',
		'Role midwatch-drain kube-system',
		'Role midwatch-drain default',
		'ClusterRole midwatch-backup -',
		'ClusterRole midwatch-pause -',
		'ClusterRole midwatch-cronjob -',
	]);
	expect(groups(stdout)).toContain('velero.io');
	expect(groups(stdout)).not.toContain('upgrade.cattle.io');
	for (const role of rolesIn(stdout)) expect(role.apiVersion).toBe('rbac.authorization.k8s.io/v1');
	expect(stdout).toContain('# kubectl create clusterrolebinding midwatch-read --clusterrole=midwatch-read --user=USER');
});

test('prints one role alone, and what is not here only when told to', async () => {
	const {stdout} = await home.run('rbac', 'cordon', '--kubeconfig', await embedded.writeKubeconfig());
	expect(names(stdout)).toEqual(['ClusterRole midwatch-cordon -', 'Role midwatch-cordon default']);
	const bare = await startEmbedded({world: tinyWorld});
	try {
		const path = await bare.writeKubeconfig();
		expect(await home.run('rbac', 'backup', '--kubeconfig', path)).toMatchObject({
			code: 2,
			stdout: '',
			stderr: expect.stringContaining('Nothing here is for backup'),
		});
	} finally {
		await bare.close();
	}
	expect(names((await home.run('rbac', 'backup', '--all')).stdout)).toEqual(['ClusterRole midwatch-backup -']);
});

test('needs no cluster to print everything', async () => {
	const {code, stdout} = await home.run('rbac', '--all');
	expect(code).toBe(0);
	for (const group of ['', 'velero.io', 'longhorn.io', 'cilium.io', 'k3s.cattle.io']) expect(groups(stdout)).toContain(group);
});

test('says in one sentence why it cannot ask', async () => {
	const path = await home.put('gone', kubeconfig('https://127.0.0.1:1', {token: 'x'}));
	const {code, stdout, stderr} = await home.run('rbac', '--kubeconfig', path);
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
	expect(stderr.trim().split('\n')).toHaveLength(1);
});
