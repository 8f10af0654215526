package io.shardquake.node.core.defect;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DefectTest {
  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(Defect defect) {
    assertThat(Defect.named(defect.title())).contains(defect);
    assertThat(defect.promise()).matches("[A-N][0-9]{2}");
    assertThat(defect.story()).endsWith(".");
    assertThat(defect.fault()).isNotBlank();
  }

  @Test
  void isNotFoundByAnotherName() {
    assertThat(Defect.named("VOTE_TWICE")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void standsInTheDocumentation(Defect defect) throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "defects.md")))
        .contains(
            "| `"
                + defect.title()
                + "` | "
                + defect.promise()
                + " | "
                + defect.story()
                + " | "
                + defect.fault()
                + " |");
  }

  @Test
  void aConfigurationHasThoseItWasGivenInTheOrderOfDeclaration() {
    Set<Defect> given = Set.of(Defect.KEEP_ASKING, Defect.VOTE_TWICE);
    Configuration configuration = new Configuration(given);
    assertThat(List.copyOf(configuration.defects()))
        .containsExactly(Defect.VOTE_TWICE, Defect.KEEP_ASKING);
    assertThat(configuration.has(Defect.KEEP_ASKING)).isTrue();
    assertThat(new Configuration().defects()).isEmpty();
  }
}
