import {own} from '../vocabulary.ts';
import type {Issuer} from './credentials.ts';
import {KubeconfigError} from './kubeconfig/error.ts';

export const fromProvider: Issuer = () =>
	Promise.reject(new KubeconfigError(own('this way of logging in is not there yet: use a certificate or a token')));
