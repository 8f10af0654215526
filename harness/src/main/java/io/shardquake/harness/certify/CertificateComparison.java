package io.shardquake.harness.certify;

import io.shardquake.harness.conformance.Promises;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What differs between two certificates.
 *
 * @param differences a line each
 */
public record CertificateComparison(Certificate one, Certificate other, List<String> differences) {
  public CertificateComparison {
    differences = List.copyOf(differences);
  }

  /** Compares promise by promise, and experiment by experiment. */
  public static CertificateComparison of(Certificate one, Certificate other) {
    Promises promises = Promises.load();
    List<String> lines = new ArrayList<>();
    SortedMap<String, String> before = outcomes(one);
    SortedMap<String, String> after = outcomes(other);
    SortedMap<String, String> all = new TreeMap<>(before);
    all.putAll(after);
    for (String id : all.keySet()) {
      String was = before.getOrDefault(id, "not tested");
      String is = after.getOrDefault(id, "not tested");
      if (!was.equals(is)) {
        String what = promises.promises().containsKey(id) ? promises.promise(id).text() : "";
        lines.add(id + "  " + was + " -> " + is + (what.isEmpty() ? "" : "  " + what));
      }
    }
    return new CertificateComparison(one, other, lines);
  }

  private static SortedMap<String, String> outcomes(Certificate certificate) {
    SortedMap<String, String> outcomes = new TreeMap<>();
    certificate.promises().forEach(entry -> outcomes.put(entry.id(), entry.outcome().toString()));
    certificate
        .trials()
        .forEach(entry -> outcomes.put("experiment " + entry.name(), entry.validity().toString()));
    return outcomes;
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(one.subject()).append(" against ").append(other.subject()).append('\n');
    if (differences.isEmpty()) {
      text.append("no difference\n");
    }
    differences.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
