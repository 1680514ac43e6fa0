import {expect, test} from 'vitest';
import {answerTo} from '../../../../source/actions/drain/run/answer.ts';
import type {Raw} from '../../../../source/cluster/raw.ts';
import {Refusal} from '../../../../source/cluster/refusal.ts';
import {TransportError} from '../../../../source/cluster/transport.ts';
import {own} from '../../../../source/vocabulary.ts';

const refusal = (code: number, message: string, causes: readonly object[] = [], retryAfter = 0) =>
	new Refusal(code, {message, details: {causes}} as unknown as Raw, retryAfter);
const budget = (message: string) => ({reason: 'DisruptionBudget', message});
const twoBudgets = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';

test.each([
	['it is gone', refusal(404, 'pods "web-0" not found'), {is: 'gone'}],
	['it is another one', refusal(409, 'the UID in the precondition does not match'), {is: 'doubtful'}],
	[
		'its budget allows none',
		refusal(429, 'Cannot evict pod', [budget('The disruption budget web needs 2 healthy pods and has 2 currently')]),
		{is: 'held', why: 'budget web allows none: it needs 2 healthy and has 2', again: 5000},
	],
	[
		'its budget was not counted yet: the server says when',
		refusal(429, 'Cannot evict pod', [budget('The disruption budget web is still being processed by the server.')], 10_000),
		{is: 'held', why: 'the disruption budget web is still being processed by the server.', again: 10_000},
	],
	[
		'its budget has a name that is made to mislead',
		refusal(429, 'Cannot evict pod', [budget('The disruption budget web\u001b[2J\u202e\nallow')]),
		{is: 'held', why: 'the disruption budget web allow'},
	],
	[
		'the server is too busy',
		refusal(429, 'too many requests'),
		{is: 'held', why: 'the API server is too busy (429: too many requests)'},
	],
	[
		'its namespace is being deleted',
		refusal(403, 'forbidden', [{reason: 'NamespaceTerminating', message: 'namespace apps is being terminated'}]),
		{is: 'held', why: 'its namespace is being deleted', again: 5000},
	],
	['we may not, or a webhook says no', refusal(403, 'pods "web-0" is forbidden'), {is: 'not permitted'}],
	['two budgets are over it', refusal(500, twoBudgets), {is: 'failed', why: `500: ${twoBudgets}`}],
	['etcd has a new leader', refusal(500, 'etcdserver: leader changed'), {is: 'doubtful'}],
	['the server is starting', refusal(503, 'apiserver not ready'), {is: 'doubtful'}],
	['it cannot be right', refusal(422, 'invalid'), {is: 'failed'}],
	[
		'nothing listens',
		new TransportError('refused', own('nothing listens there')),
		{is: 'doubtful', why: 'nothing listens there'},
	],
	['no answer came', new TransportError('timeout', own('late')), {is: 'doubtful'}],
	['our credentials are over', new TransportError('credentials', own('the token is not accepted')), {is: 'not permitted'}],
])('%s', (_, error, answer) => {
	expect(answerTo(error)).toMatchObject(answer);
});
