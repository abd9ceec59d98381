package io.payonce.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The description of the admin API, and whether an answer is as it says. It is taken strictly: a
 * member that it does not name is a fault.
 */
public final class ApiDocument {
  private static final Path FILE = Path.of("src/site/resources/admin-api.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root =
      JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Sources.text(FILE)));
  private final Set<String> seen = new TreeSet<>();

  /** Method and path of every call that it describes, such as {@code GET /admin/stats}. */
  public Set<String> calls() {
    Set<String> calls = new TreeSet<>();
    root.get("paths")
        .properties()
        .forEach(path -> path.getValue()
            .fieldNames()
            .forEachRemaining(method -> calls.add(method.toUpperCase() + " " + path.getKey())));
    return calls;
  }

  /** The calls of which an answer has been looked at. */
  public Set<String> seen() {
    return seen;
  }

  /** What of this answer is not as described; empty when all is. */
  public List<String> faults(
      String method, String path, int status, String contentType, String body) {
    for (String call : calls()) {
      String template = call.substring(call.indexOf(' ') + 1);
      if (call.startsWith(method + " ") && path.matches(template.replaceAll("\\{\\w+}", "[^/]+"))) {
        seen.add(call);
        JsonNode described = resolved(
                root.get("paths").get(template).get(method.toLowerCase()).get("responses"))
            .get(String.valueOf(status));
        return described == null
            ? List.of(call + ": status " + status + " is not described")
            : faults(call + " " + status, resolved(described).get("content"), contentType, body);
      }
    }
    return List.of(method + " " + path + " is not described");
  }

  private List<String> faults(String where, JsonNode content, String contentType, String body) {
    String type = contentType.split(";")[0];
    if (!content.has(type)) {
      return List.of(where + ": " + type + " is not described");
    }
    List<String> faults = new ArrayList<>();
    List<String> values = type.equals("application/json")
        ? List.of(body)
        : type.equals("application/x-ndjson") ? body.lines().toList() : List.of();
    for (String value : values) {
      try {
        check(content.get(type).get("schema"), JSON.readTree(value), where, faults);
      } catch (JsonProcessingException e) {
        faults.add(where + ": no JSON");
      }
    }
    return faults;
  }

  private JsonNode resolved(JsonNode node) {
    if (!node.has("$ref")) {
      return node;
    }
    return resolved(root.at(node.get("$ref").asText().substring(1)));
  }

  /** Parts of {@code allOf} as one. */
  private JsonNode whole(JsonNode reference) {
    JsonNode schema = resolved(reference);
    if (!schema.has("allOf")) {
      return schema;
    }
    ObjectNode all = JSON.createObjectNode().put("type", "object");
    for (JsonNode part : schema.get("allOf")) {
      JsonNode one = whole(part);
      one.path("required").forEach(name -> all.withArray("required").add(name));
      one.path("properties")
          .properties()
          .forEach(each -> all.withObject("properties").set(each.getKey(), each.getValue()));
    }
    return all;
  }

  private void check(JsonNode reference, JsonNode value, String where, List<String> faults) {
    JsonNode schema = whole(reference);
    if (schema.has("oneOf")) {
      boolean any = false;
      for (JsonNode one : schema.get("oneOf")) {
        List<String> of = new ArrayList<>();
        check(one, value, where, of);
        any |= of.isEmpty();
      }
      if (!any) {
        faults.add(where + ": none of oneOf: " + value);
      }
    } else if (value.isNull()) {
      if (!schema.path("nullable").asBoolean()) {
        faults.add(where + ": null");
      }
    } else if (!isOfType(schema.get("type").asText(), value)) {
      faults.add(where + ": no " + schema.get("type").asText() + ": " + value);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.get("items"), value.get(i), where + "[" + i + "]", faults);
      }
    } else if (value.isObject()) {
      members(schema, value, where, faults);
    } else if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      faults.add(where + ": not in the enum: " + value);
    }
  }

  private void members(JsonNode schema, JsonNode value, String where, List<String> faults) {
    schema.path("required").forEach(name -> {
      if (!value.has(name.asText())) {
        faults.add(where + ": lacks " + name.asText());
      }
    });
    value.properties().forEach(each -> {
      String at = where + "." + each.getKey();
      JsonNode known = schema.path("properties").get(each.getKey());
      JsonNode others = schema.path("additionalProperties");
      if (known != null) {
        check(known, each.getValue(), at, faults);
      } else if (others.isObject()) {
        check(others, each.getValue(), at, faults);
      } else if (!others.asBoolean()) {
        faults.add(at + " is not described");
      }
    });
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> false;
    };
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode each : list) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
