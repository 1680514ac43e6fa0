import type {Form} from './form.ts';
import {statusMessage} from './meta-messages.ts';
import {podListHead, podMessage} from './pod-message.ts';
import {encode, frameEvent, wrap, wrapList} from './protobuf.ts';

export const protobufType = 'application/vnd.kubernetes.protobuf';

/** Pods as protobuf, in the envelope of Kubernetes. */
export const podForm: Form = {
	contentType: protobufType,
	watchType: `${protobufType};stream=watch`,
	one: object => wrap('v1', 'Pod', podMessage, object),
	list: (meta, items) =>
		wrapList(
			'v1',
			'PodList',
			encode(podListHead, {metadata: meta}),
			items.map(item => encode(podMessage, item)),
		),
	event: (type, object) => frameEvent(type, 'v1', 'Pod', podMessage, object),
	failure: status => frameEvent('ERROR', 'v1', 'Status', statusMessage, status),
};
