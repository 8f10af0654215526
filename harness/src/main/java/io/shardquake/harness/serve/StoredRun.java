package io.shardquake.harness.serve;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Validity;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a list says of a run or a certificate.
 *
 * @param name of its directory, unique within the store
 * @param path of its directory
 * @param kind of it
 * @param verdict empty if it was not judged, or what was judged cannot be read
 * @param reason of the verdict, or why there is none
 * @param facts what else is known, by name, in the order to show them
 * @param findings what the verdict rests on, most telling first
 */
public record StoredRun(
    String name,
    Path path,
    Kind kind,
    Optional<Validity> verdict,
    String reason,
    Map<String, String> facts,
    List<Finding> findings) {

  /** What lies in a directory of a store. */
  public enum Kind {
    RUN,
    CERTIFICATE;

    /** For people. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public StoredRun {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    findings = List.copyOf(findings);
  }

  /** The verdict in a word. */
  public String verdictText() {
    return verdict.map(Validity::toString).orElse("not judged");
  }

  /** Whether each of these words stands somewhere in what is known of it, in any case. */
  boolean matches(List<String> words) {
    String all =
        String.join("\n", name, kind.toString(), verdictText(), reason)
            + "\n"
            + String.join("\n", facts.values())
            + findings.stream()
                .map(it -> "\n" + it.kind() + " " + it.summary())
                .reduce("", String::concat);
    String lower = all.toLowerCase(Locale.ROOT);
    return words.stream().allMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
  }
}
