import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {loadKubeconfig} from '../../source/cluster/kubeconfig/load.ts';
import {placeOf} from '../../source/commands/background.ts';
import {allowChanges} from '../../source/files/allowed.ts';
import {buildControlPlane} from '../control-plane/build.ts';
import {mustRun} from '../control-plane/kubectl.ts';
import type {ControlPlane} from '../control-plane/start.ts';
import {median} from './proc.ts';
import {timed} from './timed.ts';

const run = promisify(execFile);
const pods = 20;

/** How many times what kubectl takes midwatch takes to drain a node of 20 pods: they are sent to and fro between two nodes. */
export async function drainRatio(control: ControlPlane, rounds: number): Promise<number> {
	const {kubeconfig} = control;
	const theirs = join(await buildControlPlane(), 'kubectl');
	const kubectl = (...words: readonly string[]) => mustRun(control.kubectl, words);
	await allowChanges(process.env, await placeOf(await loadKubeconfig({path: kubeconfig, env: {}})));
	let [from, to] = ['node-6', 'node-7'];
	await kubectl('cordon', ...Array.from({length: 8}, (_, at) => `node-${at}`).filter(name => name !== from));
	await kubectl('create', 'deployment', 'twenty', '--image=example.org/main:1', `--replicas=${pods}`);
	const ready = () => kubectl('wait', 'deployment/twenty', `--for=jsonpath={.status.readyReplicas}=${pods}`, '--timeout=60s');
	await ready();
	const taken = {kubectl: [] as number[], midwatch: [] as number[]};
	for (let round = 0; round < 2 * rounds; round++) {
		await kubectl('uncordon', to);
		if (round % 2 === 0)
			taken.kubectl.push(await timed(() => run(theirs, ['--kubeconfig', kubeconfig, 'drain', from, '--ignore-daemonsets'])));
		else {
			const words = ['drain', from, '--yes', '--confirm', from, '--kubeconfig', kubeconfig];
			taken.midwatch.push(await timed(() => run(process.execPath, ['dist/midwatch.cjs', ...words])));
		}
		await ready();
		[from, to] = [to, from];
	}
	return median(taken.midwatch) / median(taken.kubectl);
}
