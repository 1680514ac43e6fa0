import {afterAll, beforeAll, describe} from 'vitest';
import {access} from './access.ts';
import type {Protocol} from './client.ts';
import {definitions} from './definitions.ts';
import {discovery} from './discovery.ts';
import {evictions} from './evictions.ts';
import {expiry} from './expiry.ts';
import {lists} from './lists.ts';
import {protobuf} from './protobuf.ts';
import {protocols} from './protocols.ts';
import {arrange, clear, type Subject} from './subject.ts';
import {tables} from './tables.ts';
import type {Target} from './target.ts';
import {watches} from './watches.ts';
import {writes} from './writes.ts';

/**
 * Says how a Kubernetes API server behaves, as tests. The embedded cluster is trusted because it passes the very
 * tests that a real kube-apiserver passes; where the real one surprises, the test records the surprise.
 *
 * Call it in a test file: `conformance(() => target)`; the target is asked for when the tests begin. Everything runs
 * twice, over HTTP/2 and over HTTP/1.1.
 */
export function conformance(getTarget: () => Target): void {
	protocols(getTarget);
	describe.each<Protocol>(['h2', 'http/1.1'])('over %s', protocol => {
		let arranged: Subject | undefined;
		const subject = (): Subject => {
			if (!arranged) throw new Error('the subject is there only while the tests run');
			return arranged;
		};
		beforeAll(async () => {
			arranged = await arrange(getTarget(), protocol);
		});
		afterAll(async () => {
			if (arranged) await clear(arranged);
		});

		describe('discovery', () => discovery(subject));
		describe('lists', () => lists(subject));
		describe('watches', () => watches(subject));
		describe('tables and metadata', () => tables(subject));
		describe('protobuf', () => protobuf(subject));
		describe('writes', () => writes(subject));
		describe('evictions', () => evictions(subject));
		describe('access', () => access(subject));
		describe('custom resources', () => definitions(subject));
		describe('expired versions', () => expiry(subject));
	});
}
