package io.payonce.sandbox.http;

/** Whom a call is about; each may be null where the call does not say and we do not know. */
record Subject(String merchantId, String order, String requestId) {}
