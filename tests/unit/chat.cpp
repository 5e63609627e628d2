// Chat spelling: golden comments, and what must hold of any text.
#include "duluan/chat.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "syllable/chat_edits.hpp"
#include "syllable/chat_lexicon.hpp"
#include "syllable/chat_spelling.hpp"

using namespace duluan;

namespace {

struct Example {
  std::string comment;
  std::string plain;
};

std::vector<Example> read_golden() {
  std::vector<Example> examples;
  std::ifstream in(std::string(DULUAN_SOURCE_DIR) + "/tests/golden/chat.tsv");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ")) continue;
    const std::size_t tab = line.find('\t');
    examples.push_back({line.substr(0, tab), tab == std::string::npos ? line : line.substr(tab + 1)});
  }
  return examples;
}

// The clean registers of the written opinions, one text each.
std::vector<std::string> clean_opinions() {
  std::vector<std::string> texts;
  for (const char* author : {"a", "b", "c", "d", "e", "f"}) {
    std::ifstream in(std::string(DULUAN_SOURCE_DIR) + "/corpora/opinions/" + author + ".tsv");
    for (std::string line; std::getline(in, line);) {
      std::istringstream row(line);
      std::string id;
      std::string kind;
      std::string topics;
      std::string text;
      std::getline(row, id, '\t');
      std::getline(row, kind, '\t');
      std::getline(row, topics, '\t');
      std::getline(row, text);
      if (kind == "report" || kind == "petition" || kind == "comment") texts.push_back(text);
    }
  }
  return texts;
}

// Byte by byte the sources stand in order, touch, and cover the input.
void check_map(const Text& text, const std::string& input) {
  std::size_t reached = 0;
  Span before{0, 0};
  for (std::size_t at = 0; at < text.str().size(); ++at) {
    const Span source = text.source({at, at + 1});
    const bool in_order = source == before || source.begin == reached;
    REQUIRE_MESSAGE(in_order, input);
    REQUIRE(source.end <= input.size());
    reached = source.end;
    before = source;
  }
  CHECK(reached == input.size());
}

}  // namespace

TEST_CASE("chat: golden comments") {
  const auto examples = read_golden();
  std::size_t changed = 0;
  for (const Example& example : examples) {
    CHECK(expand_chat(example.comment).str() == example.plain);
    changed += example.comment == example.plain ? 0 : 1;
  }
  CHECK(changed >= 300);
  CHECK(examples.size() - changed >= 150);
}

TEST_CASE("chat: expanding twice is expanding once, and the map covers the input") {
  for (const Example& example : read_golden()) {
    const Text text = expand_chat(example.comment);
    CHECK(expand_chat(text.str()).str() == text.str());
    check_map(text, example.comment);
  }
}

TEST_CASE("chat: clean opinions do not change") {
  const auto texts = clean_opinions();
  CHECK(texts.size() > 2000);
  for (const std::string& text : texts) CHECK(expand_chat(text).str() == text);
}

TEST_CASE("chat: a span leads back to the form it was read from") {
  const std::string comment = "Ko bít sao đg ngậppp";
  const Text text = expand_chat(comment);
  REQUIRE(text.str() == "Không biết sao đường ngập");
  CHECK(text.source({0, 6}).of(comment) == "Ko");
  const std::size_t flooded = text.str().find("ngập");
  CHECK(text.source({flooded, text.str().size()}).of(comment) == "ngậppp");
  const std::size_t why = text.str().find("sao");
  CHECK(text.source({why, why + 3}).of(comment) == "sao");
}

TEST_CASE("chat: lines are comments of their own, and their ends stay") {
  CHECK(expand_chat("ko\r\nk\n\ndc").str() == "không\r\nkhông\n\nđược");
  CHECK(expand_chat("").str().empty());
  CHECK(expand_chat("\n").str() == "\n");
}

TEST_CASE("chat: either style of tone placement is a word and keeps its bytes") {
  CHECK(expand_chat("hoà bình, thuý kiều, khoẻ quá, hòa thúy khỏe").str() ==
        "hoà bình, thuý kiều, khoẻ quá, hòa thúy khỏe");
}

TEST_CASE("chat: the case of the form is the case of its reading") {
  CHECK(expand_chat("Đc nghỉ rồi").str() == "Được nghỉ rồi");
  CHECK(expand_chat("KO AI BIẾT HẾT").str() == "KHÔNG AI BIẾT HẾT");
  CHECK(expand_chat("K ai biết").str() == "Không ai biết");
}

TEST_CASE("chat: official abbreviations on request alone") {
  const std::string text = "UBND xã và HĐND huyện chi BHXH ko kịp";
  CHECK(expand_chat(text).str() == "UBND xã và HĐND huyện chi BHXH không kịp");
  CHECK(expand_chat(text, {.spellings = false, .abbreviations = true}).str() ==
        "Ủy ban nhân dân xã và Hội đồng nhân dân huyện chi bảo hiểm xã hội ko kịp");
  CHECK(expand_chat(text, {.spellings = false, .abbreviations = false}).str() == text);
}

TEST_CASE("chat: stretched letters") {
  CHECK(chat::unstretch("quáááá") == "quá");
  CHECK(chat::unstretch("quáaaa") == "quá");
  CHECK(chat::unstretch("vuiiii") == "vui");
  CHECK(chat::unstretch("đẹpppp") == "đẹp");
  CHECK(chat::unstretch("nghiêng") == "nghiêng");
  CHECK(chat::unstretch("cccd") == "cccd");
  for (const char* cry : {"hihihihi", "haha", "kkkk", "hehehe", "huhu", "hhhh"}) CHECK_MESSAGE(chat::is_cry(cry), cry);
  for (const char* word : {"hoai", "kia", "hai", "cha"}) CHECK_MESSAGE(!chat::is_cry(word), word);
}

TEST_CASE("chat: edits of a second look are laid back into the bytes of the first") {
  const std::string text = "a bc d e";
  std::vector<chat::Edit> edits{{2, 4, "xyz w"}, {5, 6, "q"}};
  const std::string once = chat::applied(text, edits);
  REQUIRE(once == "a xyz w q e");
  // Before all, inside the first, after all.
  const std::vector<chat::Edit> second{{0, 1, "AA"}, {2, 5, "Z"}, {6, 7, "WW"}, {10, 11, "E"}};
  const std::string twice = chat::applied(once, second);
  chat::follow(edits, second);
  CHECK(twice == "AA Z WW q E");
  CHECK(chat::applied(text, edits) == twice);
}

TEST_CASE("chat: every form of the lexicon that needs no context is read as listed") {
  const auto& lexicon = chat::Lexicon::get();
  std::ifstream in(std::string(DULUAN_SOURCE_DIR) + "/corpora/chat/lexicon.tsv");
  std::set<std::string> seen;
  std::size_t checked = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#' || line.front() == '@') continue;
    const std::size_t tab = line.find('\t');
    const std::string form = line.substr(0, tab);
    const std::string reading = line.substr(tab + 1);
    REQUIRE_MESSAGE(lexicon.find(form) != nullptr, form);
    if (!seen.insert(form).second || reading == "-" || reading.find('\t') != std::string::npos) continue;
    ++checked;
    // A face makes the line chat without giving a neighbour.
    CHECK_MESSAGE(expand_chat(form + " :))").str() == reading + " :))", form);
  }
  CHECK(checked > 500);
}

TEST_CASE("chat: evaluation of a small gold file") {
  const std::string path = "duluan-chat-gold.csv";
  std::ofstream(path)
      << ",original,normalized\n0,ko biết j,không biết gì\n1,\"vui, ko\",\"vui, không\"\n2,xyzt ơi,xin chào ơi\n";
  const auto score = evaluate_chat(path);
  REQUIRE(score.ok());
  CHECK(score->lines == 3);
  CHECK(score->needed == 4);
  CHECK(score->right == 3);
  CHECK(score->clean == 3);
  CHECK(score->harmed == 0);
  CHECK(score->error_reduction() == doctest::Approx(0.75));
  std::ofstream(path) << ",original,normalized\n0,\"ko\n";
  CHECK(evaluate_chat(path).error().code == ErrorCode::kMalformed);
  std::ofstream(path) << "a,b\n";
  CHECK(evaluate_chat(path).error().code == ErrorCode::kMalformed);
  std::remove(path.c_str());
  CHECK(evaluate_chat(path).error().code == ErrorCode::kNotFound);
}

TEST_CASE("chat: counts of clean text") {
  ChatCounts counts;
  for (int i = 0; i < 80; ++i) counts.add("Người dân rất quan_tâm , hoà bình");
  CHECK(counts.syllables().find("hòa\t80\n") != std::string::npos);
  CHECK(counts.syllables().find("Người") == std::string::npos);
  CHECK(counts.pairs().find("qtâm\tquan tâm\n") != std::string::npos);
  CHECK(counts.pairs().find("qtam\tquan tâm\n") != std::string::npos);
}
