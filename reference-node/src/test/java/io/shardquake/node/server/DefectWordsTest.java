package io.shardquake.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.node.core.defect.Defect;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefectWordsTest {
  @Test
  void defectsAreTakenOutOfTheOtherWords() {
    DefectWords words =
        DefectWords.takenFrom(
            List.of(
                "--port", "1", "--defect", "vote-twice", "--save", "", "--defect", "keep-asking"));
    assertThat(words.defects()).containsExactly(Defect.VOTE_TWICE, Defect.KEEP_ASKING);
    assertThat(words.others()).containsExactly("--port", "1", "--save", "");
  }

  @Test
  void aNameThatIsMissingOrUnknownIsRefused() {
    assertThatThrownBy(() -> DefectWords.takenFrom(List.of("--defect")))
        .hasMessageContaining("wants the name");
    assertThatThrownBy(() -> DefectWords.takenFrom(List.of("--defect", "VOTE_TWICE")))
        .hasMessageContaining("no defect is called 'VOTE_TWICE'");
  }

  @Test
  void theListHasThemAllWithTheirStories() {
    for (Defect defect : Defect.values()) {
      assertThat(DefectWords.list())
          .contains(defect.title() + " (" + defect.promise() + ")", defect.story());
    }
  }
}
