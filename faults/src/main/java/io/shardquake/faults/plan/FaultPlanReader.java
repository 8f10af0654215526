package io.shardquake.faults.plan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a plan token by token, because only tokens know on which line they stand. */
final class FaultPlanReader {
  private static final String UNKNOWN = "unknown field (there are %s)";

  private final JsonParser parser;
  private final String source;

  FaultPlanReader(JsonParser parser, String source) {
    this.parser = parser;
    this.source = source;
  }

  FaultPlan read() throws IOException {
    try {
      next();
      FaultPlan plan = plan();
      if (next().isPresent()) {
        throw wrong("", "something follows the plan");
      }
      return plan;
    } catch (JsonProcessingException malformed) {
      throw new FaultPlanFormatException(
          place(malformed.getLocation()) + firstLine(malformed.getOriginalMessage()), malformed);
    }
  }

  private FaultPlan plan() throws IOException {
    require(JsonToken.START_OBJECT, "", "a plan is an object with 'faults'");
    Optional<List<Fault>> faults = Optional.empty();
    while (nextIsField()) {
      String field = parser.currentName();
      next();
      switch (field) {
        case "format" -> requireFormat();
        case "faults" -> faults = Optional.of(faults());
        default -> throw wrong(field, String.format(UNKNOWN, "format, faults"));
      }
    }
    return new FaultPlan(faults.orElseThrow(() -> wrong("faults", "missing")));
  }

  private void requireFormat() throws IOException {
    String format = text("format");
    if (!format.equals(FaultPlanJson.FORMAT)) {
      throw wrong(
          "format",
          "this version reads " + FaultPlanJson.FORMAT + " only, not '" + firstLine(format) + "'");
    }
  }

  private List<Fault> faults() throws IOException {
    require(JsonToken.START_ARRAY, "faults", "must be a list");
    List<Fault> faults = new ArrayList<>();
    while (next().filter(token -> token != JsonToken.END_ARRAY).isPresent()) {
      faults.add(fault("faults[" + faults.size() + "]"));
    }
    return faults;
  }

  /** The fields of one fault, as far as they have been read. */
  private static final class Fields {
    Optional<String> kind = Optional.empty();
    Optional<Selector> on = Optional.empty();
    Optional<Duration> at = Optional.empty();
    Optional<Long> draw = Optional.empty();
    Duration lasts = Duration.ZERO;
    SortedMap<String, String> with = new TreeMap<>();
  }

  private Fault fault(String path) throws IOException {
    require(JsonToken.START_OBJECT, path, "must be an object with 'kind', 'on' and 'at'");
    Fields fields = new Fields();
    while (nextIsField()) {
      String field = parser.currentName();
      next();
      read(fields, field, path + '.' + field);
    }
    String kind = fields.kind.orElseThrow(() -> wrong(path + ".kind", "missing"));
    Selector on = fields.on.orElseThrow(() -> wrong(path + ".on", "missing"));
    Duration at = fields.at.orElseThrow(() -> wrong(path + ".at", "missing"));
    long draw = fields.draw.orElseGet(() -> Draw.derived(kind, on, at));
    return checked(path, () -> new Fault(kind, on, at, fields.lasts, draw, fields.with));
  }

  private void read(Fields fields, String field, String path) throws IOException {
    switch (field) {
      case "kind" -> fields.kind = Optional.of(text(path));
      case "on" -> fields.on = Optional.of(parsed(path, Selector::parse));
      case "at" -> fields.at = Optional.of(parsed(path, DurationText::parse));
      case "for" -> fields.lasts = parsed(path, DurationText::parse);
      case "draw" -> fields.draw = Optional.of(whole(path));
      case "with" -> fields.with = with(path);
      default -> throw wrong(path, String.format(UNKNOWN, "kind, on, at, for, draw, with"));
    }
  }

  private SortedMap<String, String> with(String path) throws IOException {
    require(JsonToken.START_OBJECT, path, "must be an object of named parameters");
    SortedMap<String, String> with = new TreeMap<>();
    while (nextIsField()) {
      String name = parser.currentName();
      Optional<JsonToken> value = next();
      if (!value.map(JsonToken::isScalarValue).orElse(false)
          || value.equals(Optional.of(JsonToken.VALUE_NULL))) {
        throw wrong(path + '.' + name, "must be a string, a number, true or false");
      }
      with.put(name, parser.getText());
    }
    return with;
  }

  private String text(String path) throws IOException {
    require(JsonToken.VALUE_STRING, path, "must be a string");
    return parser.getText();
  }

  private long whole(String path) throws IOException {
    require(JsonToken.VALUE_NUMBER_INT, path, "must be a whole number");
    try {
      return parser.getLongValue();
    } catch (JsonProcessingException tooLarge) {
      throw new FaultPlanFormatException(
          place(parser.currentTokenLocation()) + path + ": must fit 64 bits", tooLarge);
    }
  }

  private <T> T parsed(String path, Function<String, T> parse) throws IOException {
    String text = text(path);
    return checked(path, () -> parse.apply(text));
  }

  private <T> T checked(String path, java.util.function.Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException wrong) {
      throw new FaultPlanFormatException(
          place(parser.currentTokenLocation()) + path + ": " + wrong.getMessage(), wrong);
    }
  }

  private void require(JsonToken wanted, String path, String rule) {
    if (parser.currentToken() != wanted) {
      throw wrong(path, rule);
    }
  }

  private boolean nextIsField() throws IOException {
    return next().equals(Optional.of(JsonToken.FIELD_NAME));
  }

  /** Empty at the end of the text. */
  private Optional<JsonToken> next() throws IOException {
    return Optional.ofNullable(parser.nextToken());
  }

  private FaultPlanFormatException wrong(String path, String what) {
    String field = path.isEmpty() ? "" : path + ": ";
    return new FaultPlanFormatException(place(parser.currentTokenLocation()) + field + what);
  }

  /** Tokens of a tree stand nowhere: then the field alone has to say it. */
  private String place(JsonLocation location) {
    return location.getLineNr() < 1
        ? source + ": "
        : source + ':' + location.getLineNr() + ':' + Math.max(1, location.getColumnNr()) + ": ";
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
