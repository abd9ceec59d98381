package io.payonce.sandbox.signature;

import java.util.List;

/**
 * A request or response as RFC 9421 sees it; a response has a status and knows the request it
 * answers.
 */
interface HttpMessage {
  String method();

  String scheme();

  String authority();

  String path();

  /** Without the question mark; null when there is none. */
  String query();

  /** 0 for a request. */
  default int status() {
    return 0;
  }

  /** Null for a request. */
  default HttpMessage request() {
    return null;
  }

  /** The field's lines in order, given its name in lower case; empty when it is absent. */
  List<String> field(String name);
}
