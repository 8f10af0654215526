package io.shardquake.harness.cli;

import io.shardquake.node.core.defect.Defect;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Defects by the names that the command line knows. */
final class DefectNames {
  private DefectNames() {}

  /**
   * The defects of these names.
   *
   * @throws UsageException if there is none of one of them
   */
  static Set<Defect> parse(List<String> names) throws UsageException {
    EnumSet<Defect> defects = EnumSet.noneOf(Defect.class);
    for (String name : names) {
      defects.add(
          Defect.named(name)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "no defect is called '"
                              + name
                              + "' (shardquake node --list-defects lists them)")));
    }
    return defects;
  }
}
