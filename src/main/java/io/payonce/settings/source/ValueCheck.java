package io.payonce.settings.source;

import io.payonce.dns.HostText;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks a value on its own: a test, and the words for an operator who failed it. */
public record ValueCheck(String text, Predicate<String> holds) {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern SHARE = Pattern.compile("0|0?\\.[0-9]{1,9}|1(\\.0{1,9})?");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]+");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7e]*");
  /** Nothing that a server on the way could read otherwise; calls bring their /v1 themselves. */
  private static final Pattern PREFIX =
      Pattern.compile("(/(?!v1(/|$))(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)*/?");

  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])+)+");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}?");
  private static final Set<String> PLACEHOLDERS =
      Set.of("upstream.apiKey", "timestamp", "requestId", "tmk", "workingKey", "session");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END ");
  private static final Pattern KEY_NAME = Pattern.compile("[0-9a-f]{8}");
  private static final Pattern HOST_PATTERN = Pattern.compile("(?:(?<wide>\\*)|(\\*\\.)?"
      + "(?:\\[(?<ipv6>[0-9a-fA-F:.]+)]|(?<host>[A-Za-z0-9_.-]+)))(:(?<port>[0-9]{1,5}))?");
  private static final Pattern CLIENT_KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}:[\\x21-\\x7e]+");

  private static final Pattern CLIENT_MERCHANTS =
      Pattern.compile("[A-Za-z0-9._-]{1,64}=[A-Za-z0-9_-]{1,32}(\\|[A-Za-z0-9_-]{1,32})*");

  static ValueCheck millis(long min, long max) {
    return number("milliseconds", min, max);
  }

  static ValueCheck bytes(long min, long max) {
    return number("bytes", min, max);
  }

  static ValueCheck count(long min, long max) {
    return number("a whole number", min, max);
  }

  private static ValueCheck number(String unit, long min, long max) {
    return new ValueCheck(
        "%s, %d to %d".formatted(unit, min, max),
        value -> WHOLE_NUMBER.matcher(value).matches() && within(value, min, max));
  }

  private static boolean within(String value, long min, long max) {
    long number = Long.parseLong(value);
    return min <= number && number <= max;
  }

  static ValueCheck flag() {
    return oneOf("true", "false");
  }

  static ValueCheck oneOf(String... allowed) {
    return oneOf(List.of(allowed));
  }

  static ValueCheck oneOf(List<String> allowed) {
    return new ValueCheck(String.join(" or ", allowed), allowed::contains);
  }

  static ValueCheck host() {
    return matching("a host name or address without port", HOST);
  }

  static ValueCheck name() {
    return matching("visible ASCII characters without spaces", VISIBLE);
  }

  /** A key goes into a header as it is: a line end inside would split the request. */
  static ValueCheck key() {
    return matching("a key of visible ASCII characters, without spaces or line ends", VISIBLE);
  }

  static ValueCheck anySecret() {
    return new ValueCheck("a secret", value -> !value.isBlank());
  }

  static ValueCheck clientKeys() {
    return each(matching(
        "name:key, comma separated; names of letters, digits, '.', '_', '-', up to 64",
        CLIENT_KEY));
  }

  static ValueCheck clientMerchants() {
    return each(matching(
        "name=merchant|merchant, comma separated; names of client.keys", CLIENT_MERCHANTS));
  }

  static ValueCheck adminTokens() {
    return each(matching(
        "token or name:token, comma separated; visible ASCII characters, without spaces", VISIBLE));
  }

  static ValueCheck headerNames() {
    return each(matching("header names, comma separated", HEADER));
  }

  static ValueCheck headerName() {
    return matching("a header name", HEADER);
  }

  static ValueCheck target() {
    return matching("a path that begins with /, perhaps with a query", TARGET);
  }

  static ValueCheck pointer() {
    return matching("a JSON pointer such as /data/key", POINTER);
  }

  /** An unfilled placeholder would be sent as it stands. */
  static ValueCheck template() {
    return new ValueCheck(
        "a text with no other placeholders than ${upstream.apiKey}, ${timestamp}, ${requestId},"
            + " ${tmk}, ${workingKey}, ${session}",
        value -> PLACEHOLDER
            .matcher(value)
            .results()
            .allMatch(
                found -> PLACEHOLDERS.contains(found.group(1)) && found.group().endsWith("}")));
  }

  private static ValueCheck matching(String text, Pattern pattern) {
    return new ValueCheck(text, value -> pattern.matcher(value).matches());
  }

  /** At least one: a lone comma is a slip, not an empty list. */
  private static ValueCheck each(ValueCheck one) {
    return new ValueCheck(
        one.text,
        value -> !ValueType.split(value).isEmpty()
            && ValueType.split(value).stream().allMatch(one.holds));
  }

  static ValueCheck readableFile() {
    return new ValueCheck("the path of a readable file", ValueCheck::readable);
  }

  private static boolean readable(String value) {
    try {
      Path path = Path.of(value);
      return Files.isRegularFile(path) && Files.isReadable(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  static ValueCheck base64(int bytes) {
    return new ValueCheck(
        "base64 of exactly %d bytes (openssl rand -base64 %d)".formatted(bytes, bytes),
        value -> decodedLength(value) == bytes);
  }

  static ValueCheck base64Keys(int bytes) {
    return each(base64(bytes));
  }

  static ValueCheck keyNames() {
    return each(matching("names of eight hex digits, comma separated", KEY_NAME));
  }

  private static int decodedLength(String value) {
    try {
      return Base64.getDecoder().decode(value).length;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  /** Only the frame and its base64 are looked at; whether the key fits is for its user to say. */
  static ValueCheck privateKeyPem() {
    return new ValueCheck(
        "an unencrypted private key in PEM, PKCS#8 (BEGIN PRIVATE KEY); of an older form:"
            + " openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem",
        value -> {
          Matcher block = PRIVATE_KEY.matcher(value);
          return block.find() && decodedLength(block.group(1).replaceAll("\\s", "")) > 0;
        });
  }

  static ValueCheck baseUrl() {
    return new ValueCheck(
        "http(s)://host[:port], perhaps with a plain path that goes before /v1; no user, no query",
        value -> address(value, "http", "https")
            && URI.create(value).getUserInfo() == null
            && PREFIX.matcher(URI.create(value).getRawPath()).matches());
  }

  static ValueCheck url() {
    return new ValueCheck(
        "http(s)://host[:port], perhaps with a path, without user or query",
        value -> address(value, "http", "https") && URI.create(value).getUserInfo() == null);
  }

  static ValueCheck proxy() {
    return new ValueCheck(
        "http://host:port without user, path or query",
        value -> address(value, "http")
            && URI.create(value).getUserInfo() == null
            && URI.create(value).getPort() > 0
            && URI.create(value).getRawPath().matches("/?"));
  }

  /** Basic authentication ends the user at the first colon, and has no line ends (RFC 7617). */
  static ValueCheck login() {
    return matching("user:password", Pattern.compile("[^:\\p{Cntrl}]+:\\P{Cntrl}*"));
  }

  /** Something is added to its path, and it stands in bodies: nothing in it may need an escape. */
  static ValueCheck publicUrl() {
    return new ValueCheck(
        "https://host[:port], perhaps with a plain path, up to 200 characters; no user, no query",
        value -> value.length() <= 200
            && address(value, "http", "https")
            && URI.create(value).getUserInfo() == null
            && URI.create(value).getRawPath().matches("(/[A-Za-z0-9._~-]+)*/?"));
  }

  static ValueCheck hostPatterns() {
    return each(new ValueCheck(
        "host names, *.domain, or addresses ([::1] for IPv6), each perhaps with :port, comma"
            + " separated",
        ValueCheck::isHostPattern));
  }

  private static boolean isHostPattern(String value) {
    Matcher parts = HOST_PATTERN.matcher(value);
    if (!parts.matches() || parts.group("port") != null && !within(parts.group("port"), 1, 65535)) {
      return false;
    }
    return parts.group("wide") != null || isHost(parts, value.startsWith("*"));
  }

  /** @param wide all below it are meant: an address has nothing below */
  private static boolean isHost(Matcher parts, boolean wide) {
    return HostText.read(parts.group("ipv6"), parts.group("host"))
        .filter(host -> !wide || host.address() == null)
        .isPresent();
  }

  static ValueCheck share() {
    return matching("a number, 0 to 1", SHARE);
  }

  /** Another could be in no request that is passed on. */
  static ValueCheck merchants() {
    return each(matching(
        "merchantIds of A-Z a-z 0-9 _ -, up to 32, comma separated",
        Pattern.compile("[A-Za-z0-9_-]{1,32}")));
  }

  static ValueCheck appIds() {
    return each(matching(
        "appIds of visible ASCII characters without spaces, up to 32, comma separated",
        Pattern.compile("[\\x21-\\x7e]{1,32}")));
  }

  /** It stands before a hash tag, and in patterns: no sign may mean anything in either. */
  static ValueCheck keyPrefix() {
    return matching(
        "letters, digits, '.', '_', '-', up to 32", Pattern.compile("[A-Za-z0-9._-]{1,32}"));
  }

  static ValueCheck platformName() {
    return matching(
        "letters, digits, '.', ':', '_', '-', up to 100",
        Pattern.compile("[A-Za-z0-9.:_-]{1,100}"));
  }

  /** It stands in records behind the platform's name and a slash, and in metrics. */
  static ValueCheck accountName() {
    Pattern plain = Pattern.compile("(?!default$)[A-Za-z0-9._-]{1,32}");
    return matching("letters, digits, '.', '_', '-', up to 32, and not default", plain);
  }

  /** What is passed on as it is, and stands in records between signs that it has none of. */
  static ValueCheck callPath() {
    return matching(
        "a path below /v1/ of letters, digits, '.', '_', '-', up to 128",
        Pattern.compile("(?=.{1,128}$)/v1(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+"));
  }

  private static final String MEMBER = "[A-Za-z_][A-Za-z0-9_-]{0,63}";

  static ValueCheck member() {
    return matching("the name of a member of the body", Pattern.compile(MEMBER));
  }

  static ValueCheck orderMember() {
    return matching("the name of a member of the body, original, or none", Pattern.compile(MEMBER));
  }

  static ValueCheck members() {
    return each(matching(
        "names of members of the body, comma separated; amount.orderAmount and"
            + " amount.priceCurrency stand inside amount",
        Pattern.compile(MEMBER + "|amount\\.(orderAmount|priceCurrency)")));
  }

  static ValueCheck redisUris() {
    ValueCheck one = new ValueCheck(
        "redis:// or rediss:// addresses, comma separated: redis://[user:password@]host[:port][/db]",
        value -> address(value, "redis", "rediss") && database(URI.create(value)));
    return each(one);
  }

  private static boolean address(String value, String... schemes) {
    try {
      URI uri = URI.create(value);
      return Set.of(schemes).contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getPort() != 0
          && uri.getPort() <= 65535
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean database(URI uri) {
    return uri.getPath().matches("/?[0-9]{0,4}");
  }
}
