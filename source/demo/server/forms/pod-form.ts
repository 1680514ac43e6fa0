import {encode} from '../protobuf/encode.ts';
import {frameEvent, wrap, wrapList} from '../protobuf/envelope.ts';
import {statusMessage} from '../protobuf/meta.ts';
import {podListHead, podMessage} from '../protobuf/pod.ts';
import type {Form} from './form.ts';

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
