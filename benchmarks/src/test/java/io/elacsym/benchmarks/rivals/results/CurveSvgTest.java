package io.elacsym.benchmarks.rivals.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class CurveSvgTest {
  private final List<Series> series =
      Series.of(
          List.of(
              new Measured("elacsym <ivf> & co", "effort", "effort 1", .90, List.of(100.0)),
              new Measured("elacsym <ivf> & co", "effort", "effort 2", .99, List.of(200.0)),
              new Measured("elacsym <ivf> & co", "effort", "effort 3", 1, List.of(400.0)),
              new Measured("elacsym <ivf> & co", "effort", "effort 4", 1, List.of(800.0)),
              new Measured("theirs", "ef", "ef 10", .95, List.of(4000.0)),
              new Measured("poor", "ef", "ef 10", .3, List.of(1.0))));

  @Test
  void thePictureIsWellFormedXml() throws Exception {
    Document picture = parsed(new CurveSvg("a < b & c", series, "elacsym").draw());
    assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    assertThat(picture.getDocumentElement().getTextContent())
        .contains("a < b & c", "elacsym <ivf> & co", "theirs", "effort 2: recall 0.9900, 200 us")
        .doesNotContain("poor");
  }

  @Test
  void nothingComesFromOutside() {
    String picture = new CurveSvg("title", series, "elacsym").draw();
    assertThat(picture).doesNotContain("href", "script", "@import", "url(", "<style");
    assertThat(picture.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
  }

  @Test
  void ourLinesAreThicker() throws Exception {
    Document picture = parsed(new CurveSvg("title", series, "elacsym").draw());
    var lines = picture.getElementsByTagName("polyline");
    assertThat(lines.item(0).getAttributes().getNamedItem("stroke-width").getNodeValue())
        .isEqualTo("3.0");
    assertThat(lines.item(1).getAttributes().getNamedItem("stroke-width").getNodeValue())
        .isEqualTo("1.5");
  }

  @Test
  void aPictureOfNothingIsWellFormedToo() throws Exception {
    Document picture = parsed(new CurveSvg("title", List.of(), "elacsym").draw());
    assertThat(picture.getElementsByTagName("polyline").getLength()).isZero();
  }

  private static Document parsed(String picture) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(picture)));
  }
}
