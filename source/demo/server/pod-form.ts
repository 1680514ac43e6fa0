import type {KubeObject} from '../model.ts';
import type {Form} from './form.ts';
import {statusMessage} from './meta-messages.ts';
import {podListHead, podMessage} from './pod-message.ts';
import {encode, frameEvent, wrap, wrapList} from './protobuf.ts';

export const protobufType = 'application/vnd.kubernetes.protobuf';

/** Pods as protobuf, in the envelope of Kubernetes. */
export const podForm: Form = {
	contentType: protobufType,
	watchType: `${protobufType};stream=watch`,
	one: wrapped,
	list: (meta, items) =>
		wrapList(
			'v1',
			'PodList',
			encode(podListHead, {metadata: meta}),
			items.map(item => encode(podMessage, item)),
		),
	event: (type, object) => frameEvent(type, wrapped(object)),
	failure: status => frameEvent('ERROR', wrap('v1', 'Status', encode(statusMessage, status as object))),
};

function wrapped(object: KubeObject): Buffer {
	return wrap('v1', 'Pod', encode(podMessage, object));
}
