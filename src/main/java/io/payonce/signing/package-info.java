/**
 * Signs requests to the platform, one signer a mode. Begin with {@link io.payonce.signing.Signing}.
 * What each mode covers: platform.md#signing. A signature is a pure function of the request, the
 * key and the time it is given, so HTTP is not seen here.
 *
 * <p>Sees {@code tls}; nothing else of ours.
 *
 * <ul>
 *   <li>{@code bearer} adds nothing beyond the key in Authorization.
 *   <li>{@code hmac-sha256} adds {@code X-Signature}: the HMAC-SHA256 of the canonical string in
 *       lower-case hex.
 *   <li>{@code rsa-sha256} adds {@code X-Signature}: RSASSA-PKCS1-v1_5 with SHA-256 of the
 *       canonical string in base64.
 *   <li>{@code sorted-params} adds {@code X-Signature}: the HMAC-SHA256 of the sorted parameters in
 *       lower-case hex, as older gateways want it. It covers neither path nor request id.
 *   <li>{@code http-message-signatures} adds {@code Signature-Input}, {@code Signature} (RFC 9421)
 *       and, with a body, {@code Content-Digest} (RFC 9530). Covered are {@code @method},
 *       {@code @authority}, {@code @path}, {@code @query}, content-digest, content-type,
 *       x-timestamp and the first request id header, those that are there.
 * </ul>
 *
 * <p>Modes with {@code X-Signature} add {@code X-Signature-Key-Id} where a key id is configured, so
 * that two keys can be valid during a rotation.
 *
 * <p>The canonical string is five lines joined by a line feed, with none at the end: method; path
 * with {@code ?query} if there is one; X-Timestamp; request id; SHA-256 of the body in lower-case
 * hex. Under the secret {@code example-secret} the call {@code POST /v1/checkout/sale} at
 * 1700000000000 with request id {@code 8d5e5cf7-2f0f-4b8e-9a75-6c1f4d9a2b10} and the body
 * {@code {"merchantId":"M1","amount":{"orderAmount":10.50},"note":"","appId":"A1"}} is signed as
 * {@code 17e1d5c7e99c74241accf79cd40d47bef5e220b2ac5ec8e62366ef87baf78897}.
 *
 * <p>The sorted parameters are the body's top-level members (without a body the query's, decoded),
 * except null and empty strings, in the order of their names' bytes, strings unescaped, nested
 * values as in the body, joined as {@code name=value} by {@code &}, then the timestamp:
 * {@code amount={"orderAmount":10.50}&appId=A1&merchantId=M1&timestamp=1700000000000}, signed as
 * {@code 38eb1fea75ae956488b1e4bcd14e1645fe90761023d43cc42f5d145786e6065c}.
 */
package io.payonce.signing;
