import {expect, test} from 'vitest';
import {usualDrain} from '../../../source/actions/request.ts';
import {askedAction} from '../../../source/commands/runbook/asked-action.ts';

test.each([
	[['cordon', 'nuc-2'], {is: 'cordon', nodes: ['nuc-2']}],
	[['uncordon', 'nuc-2', 'nuc-3'], {is: 'uncordon', nodes: ['nuc-2', 'nuc-3']}],
	[['drain', 'nuc-2', '--force'], {is: 'drain', nodes: ['nuc-2'], options: {...usualDrain, force: true}}],
	[['backup', 'tier-0'], {is: 'backup', tier: 'tier-0'}],
	[['backup', 'tier-0', '--pause'], {is: 'pause', tier: 'tier-0'}],
	// A yes in a runbook is nobody's.
	[['cordon', 'nuc-2', '--yes', '--confirm', 'nuc-2'], {is: 'cordon', nodes: ['nuc-2']}],
	[['check'], undefined],
	[['snapshot', 'nodes'], undefined],
])('%j', async (words, request) => {
	expect(await askedAction(words)).toEqual(request);
});

test.each([
	[['drain', 'nuc-2', '--context', 'other'], /^--context is not taken from a runbook/],
	[['check', '--kubeconfig', '/tmp/other'], /^--kubeconfig is not taken from a runbook/],
	[['snapshot', '--server', 'https://10.0.0.1'], /^--server is not taken from a runbook/],
	[['drain'], /^midwatch drain cannot be a step of a runbook\.$/],
	[['backup'], /^midwatch backup cannot be a step of a runbook\.$/],
	[['runbook', 'run', 'node-failure'], /^midwatch runbook cannot be a step of a runbook\.$/],
	[['demo'], /^midwatch demo cannot be a step of a runbook\.$/],
	[['cordon', 'nuc-2', '--frob'], /^Unknown flag --frob/],
	[['cordon'], /^Say which NODE/],
])('%j is refused in a sentence', async (words, sentence) => {
	await expect(askedAction(words)).rejects.toMatchObject({sentence: expect.stringMatching(sentence)});
});
