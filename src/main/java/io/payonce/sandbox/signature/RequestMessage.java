package io.payonce.sandbox.signature;

import io.payonce.signing.SigningInput;
import java.util.List;
import java.util.function.Function;

/** A request to be signed or verified, with its fields looked up where they come from. */
record RequestMessage(SigningInput input, Function<String, List<String>> fields)
    implements HttpMessage {
  @Override
  public String method() {
    return input.method();
  }

  @Override
  public String scheme() {
    return input.target().scheme();
  }

  @Override
  public String authority() {
    return input.target().authority();
  }

  @Override
  public String path() {
    return input.target().path();
  }

  @Override
  public String query() {
    return input.target().query();
  }

  @Override
  public List<String> field(String name) {
    return fields.apply(name);
  }
}
