import {afterAll, beforeAll, expect, test} from 'vitest';
import {scenarios} from '../../source/demo/catalog.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster} from '../../source/demo/model.ts';
import {homelab} from '../../source/demo/worlds/homelab/homelab.ts';
import {type Home, kubeconfig, newHome} from './program.ts';

let home: Home;
let embedded: EmbeddedCluster;
let file: string;
beforeAll(async () => {
	home = await newHome();
	const scenario = scenarios.find(({id}) => id === 'node-lost');
	embedded = await startEmbedded({world: homelab, ...(scenario === undefined ? {} : {scenario})});
	file = await embedded.writeKubeconfig();
});
afterAll(async () => {
	await embedded.close();
	await home[Symbol.asyncDispose]();
});

const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

test('incidents are printed with what is folded under them and what proves it', async () => {
	const {code, stdout} = await home.run('snapshot', 'incidents', '--kubeconfig', file);
	expect(stdout).toMatch(/^✖ nuc-2: kubelet silent since .* volumes degraded/m);
	expect(stdout).toMatch(/^ {4}node-not-ready:nuc-2$/m);
	expect(stdout).toMatch(/^ {4}kubectl describe nodes nuc-2$/m);
	expect(stdout).toMatch(/^└ ▲ apps\/vaultwarden-data: /m);
	expect(stdout).not.toMatch(/^Nodes/m);
	expect(stdout).not.toMatch(control);
	expect(code).toBe(0);
});

test('as data, with the same names', async () => {
	const {stdout} = await home.run('snapshot', 'incidents', '-o', 'json', '--kubeconfig', file);
	const data = JSON.parse(stdout) as {
		incidents: Array<{name: string; evidence: string[]; under: Array<{name: string}>}>;
		panes: object;
	};
	expect(data.incidents[0]).toMatchObject({name: 'node-not-ready:nuc-2', severity: 'critical'});
	expect(data.incidents[0]?.evidence).not.toEqual([]);
	expect(data.incidents[0]?.under.map(({name}) => name)).toContain('volume-degraded:apps/vaultwarden-data');
	expect(data.panes).toEqual({});
});

test.each(['platform', 'timeline', 'risks'])('the view %s can be printed', async view => {
	const {code, stdout} = await home.run('snapshot', view, '--kubeconfig', file);
	expect(stdout.split('\n')[2]).toMatch(/^(Platform|Timeline|Risks and targets)/);
	expect(stdout).not.toMatch(/^Incidents/m);
	expect(code).toBe(0);
});

test('risks and targets, as text and as data', async () => {
	const {code, stdout} = await home.run('risks', '--kubeconfig', file);
	expect(stdout).toMatch(/^Risks and targets · 0 accepted, \d+ open$/m);
	expect(stdout).toMatch(/^◇ tier-1 +restore of tier-1 never proven +restore-unproven$/m);
	expect(stdout).toMatch(/^[●▲] recovery point of tier-0 +target 6h, now /m);
	expect(code).toBe(0);
	const data = JSON.parse((await home.run('risks', '-o', 'json', '--kubeconfig', file)).stdout) as {
		risks: Array<{name: string}>;
		targets: unknown[];
	};
	expect(data).toMatchObject({schema: 'midwatch.risks/1', exit: 0, unseen: []});
	expect(data.risks.map(({name}) => name)).toContain('restore-unproven:tier-1');
	expect(data.targets).toHaveLength(4);
});

test('about: what is there, at which version, what answers; and no secret', async () => {
	const {code, stdout} = await home.run('about', '--kubeconfig', file);
	expect(stdout).toMatch(/^API server +v1\.35\.4\+k3s1, h2, fast \(\d+ ms\)/m);
	expect(stdout).toMatch(/^certificate +API server: until /m);
	expect(stdout).toMatch(/^credentials +token, user demo-homelab, namespace default$/m);
	expect(stdout).toMatch(/^configuration .*config\.json \(not there: everything at its default\)$/m);
	expect(stdout).toMatch(/^● Longhorn +volumes\.longhorn\.io +v1beta2 +23 +live$/m);
	expect(stdout).toMatch(/^· system-upgrade-controller .* not installed/m);
	expect(stdout).not.toMatch(control);
	expect(code).toBe(0);
	const data = JSON.parse((await home.run('about', '-o', 'json', '--kubeconfig', file)).stdout) as {
		sources: Array<{what: string}>;
	};
	expect(data).toMatchObject({schema: 'midwatch.about/1', exit: 0, version: 'v1.35.4+k3s1', credentials: 'token'});
	expect(data.sources.map(({what}) => what)).toContain('gpu/dcgm');
	for (const token of (await import('node:fs')).readFileSync(file, 'utf8').match(/token"?: *"?([^"\s]+)/g) ?? [])
		expect(stdout).not.toContain(token.replace(/^token"?: *"?/, ''));
});

test.each(['snapshot', 'risks', 'about'])('%s of a server that is gone: why, and 3', async command => {
	const gone = await home.put('gone.yaml', kubeconfig('https://127.0.0.1:1', {token: 'x'}));
	const {code, stdout} = await home.run(command, '--kubeconfig', gone);
	expect(stdout).toMatch(/nothing listens on 127\.0\.0\.1:1/);
	expect(stdout).not.toMatch(/^(Nodes|Risks and targets|Sources)/m);
	expect(code).toBe(3);
});
