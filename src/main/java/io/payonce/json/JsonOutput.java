package io.payonce.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes records as JSON: a component is a member, in the order of the components, and nothing else
 * is one. For what operators read; payments are written and read by the scans of this package.
 */
public final class JsonOutput {
  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .visibility(PropertyAccessor.ALL, Visibility.NONE)
      .visibility(PropertyAccessor.FIELD, Visibility.ANY)
      .build();

  private JsonOutput() {}

  public static byte[] bytes(Object view) {
    try {
      return MAPPER.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw unwritable(view, e);
    }
  }

  public static String text(Object view) {
    try {
      return MAPPER.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw unwritable(view, e);
    }
  }

  /** An array with a line for each of its rows. */
  public static String table(List<?> rows) {
    return rows.stream()
        .map(JsonOutput::text)
        .collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
  }

  /** Views hold plain values only: this is a bug. Its message names the type, not what is in it. */
  private static IllegalStateException unwritable(Object view, JsonProcessingException why) {
    return new IllegalStateException(
        view.getClass().getName() + " is no view: " + why.getOriginalMessage());
  }
}
