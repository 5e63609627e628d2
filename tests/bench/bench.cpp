// Throughput of the engine's text functions, MB per CPU second, with memcpy of the same
// text in the same run to compare machines by.
//
//     DULUAN_BENCH_TEXT=text.txt build/bench/tests/bench/duluan_bench
//
// The text is the first 8 MB (or DULUAN_BENCH_BYTES) of that file, or, without the variable, of corpora/bench.txt.
// It is brought to NFC first; *_nfd runs over its NFD form.
#include <benchmark/benchmark.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "duluan/chat.hpp"
#include "duluan/encoding.hpp"
#include "duluan/syllable.hpp"
#include "duluan/text.hpp"
#include "duluan/word.hpp"

namespace {

using namespace duluan;

constexpr std::size_t kLimit = 8U << 20;

std::size_t limit() {
  const char* named = std::getenv("DULUAN_BENCH_BYTES");
  return named != nullptr ? static_cast<std::size_t>(std::atoll(named)) : kLimit;
}

std::string nfd_of(const std::string& utf8) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  icu::Normalizer2::getNFDInstance(status)->normalizeUTF8(
      0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink, nullptr, status);
  return out;
}

struct Material {
  std::string nfc;
  std::string nfd;
  std::vector<std::string_view> lines;  // of nfc
};

Material read_material() {
  const char* named = std::getenv("DULUAN_BENCH_TEXT");
  const std::string path = named != nullptr ? named : DULUAN_SOURCE_DIR "/corpora/bench.txt";
  std::ifstream in(path, std::ios::binary);
  std::string raw(limit(), '\0');
  in.read(raw.data(), static_cast<std::streamsize>(raw.size()));
  raw.resize(static_cast<std::size_t>(in.gcount()));
  raw.resize(raw.rfind('\n') + 1);
  Material material;
  const auto text = decode(raw, Encoding::kUtf8, OnBadBytes::kReplace);
  if (raw.empty() || !text) {
    std::fprintf(stderr, "no text at '%s': set DULUAN_BENCH_TEXT to a Vietnamese text of some MB\n", path.c_str());
    std::exit(1);
  }
  material.nfc = normalize(text->str(), ToneStyle::kOld).str();
  material.nfd = nfd_of(material.nfc);
  const std::string_view all = material.nfc;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find('\n', at), all.size());
    material.lines.push_back(all.substr(at, end - at));
    at = end + 1;
  }
  return material;
}

const Material& material() {
  static const Material read = read_material();
  return read;
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * static_cast<std::int64_t>(state.iterations()));
}

void copy(benchmark::State& state) {
  const std::string& text = material().nfc;
  std::string out(text.size(), '\0');
  for (auto _ : state) {
    std::memcpy(out.data(), text.data(), text.size());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  count_bytes(state, text.size());
}

void check_utf8(benchmark::State& state) {
  const std::string& text = material().nfc;
  for (auto _ : state) benchmark::DoNotOptimize(find_bad_utf8(text));
  count_bytes(state, text.size());
}

void normalize_text(benchmark::State& state, const std::string& text, ToneStyle style = ToneStyle::kOld) {
  for (auto _ : state) benchmark::DoNotOptimize(normalize(text, style));
  count_bytes(state, text.size());
}
void normalize_nfc(benchmark::State& state) { normalize_text(state, material().nfc); }
void normalize_nfd(benchmark::State& state) { normalize_text(state, material().nfd); }
// Old style to new: every open oa, oe, uy is rewritten.
void normalize_to_new(benchmark::State& state) { normalize_text(state, material().nfc, ToneStyle::kNew); }

// ICU alone on the same text: what a caller without duluan would use.
void icu_nfc(benchmark::State& state, const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  for (auto _ : state) {
    out.clear();
    icu::StringByteSink<std::string> sink(&out);
    form->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, status);
    benchmark::DoNotOptimize(out.data());
  }
  count_bytes(state, text.size());
}
void icu_nfc_of_nfc(benchmark::State& state) { icu_nfc(state, material().nfc); }
void icu_nfc_of_nfd(benchmark::State& state) { icu_nfc(state, material().nfd); }

void fold_nfc(benchmark::State& state) {
  const std::string& text = material().nfc;
  for (auto _ : state) benchmark::DoNotOptimize(fold(text));
  count_bytes(state, text.size());
}

void tokenize_lines(benchmark::State& state) {
  std::vector<Token> tokens;
  for (auto _ : state)
    for (const std::string_view line : material().lines) {
      tokenize(line, tokens);
      benchmark::DoNotOptimize(tokens.data());
    }
  count_bytes(state, material().nfc.size());
}

// Hostile text: 16 KB without a space, a dot after each letter. Shows cost that grows with the square.
void tokenize_unbroken(benchmark::State& state) {
  std::string text;
  while (text.size() < 16384) text += "a.";
  std::vector<Token> tokens;
  for (auto _ : state) {
    tokenize(text, tokens);
    benchmark::DoNotOptimize(tokens.data());
  }
  count_bytes(state, text.size());
}

void sentences_all(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(sentences(material().nfc));
  count_bytes(state, material().nfc.size());
}

void expand_chat_clean(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(expand_chat(material().nfc));
  count_bytes(state, material().nfc.size());
}

// The comments of the golden file, over and over: every line changes.
void expand_chat_comments(benchmark::State& state) {
  std::ifstream in(DULUAN_SOURCE_DIR "/tests/golden/chat.tsv");
  std::string comments;
  for (std::string line; std::getline(in, line);)
    if (line.find('\t') != std::string::npos) comments += line.substr(0, line.find('\t')) + '\n';
  for (auto _ : state) benchmark::DoNotOptimize(expand_chat(comments));
  count_bytes(state, comments.size());
}

// `use(line, words)` for every line, cut into words.
template <class Use>
void segment_each(benchmark::State& state, Use use) {
  const auto segmenter = Segmenter::load(DULUAN_SOURCE_DIR "/models/words.model");
  if (!segmenter) {
    state.SkipWithError(segmenter.error().message().c_str());
    return;
  }
  Words words;
  for (auto _ : state)
    for (const std::string_view line : material().lines) {
      segmenter->segment(line, words);
      use(line, words);
    }
  count_bytes(state, material().nfc.size());
}
void segment_spans(benchmark::State& state) {
  segment_each(state, [](std::string_view, const Words& words) { benchmark::DoNotOptimize(words.size()); });
}
void segment_lines(benchmark::State& state) {
  std::string out;
  segment_each(state, [&](std::string_view line, const Words& words) {
    out.clear();
    write_segmented(line, words, out);
    benchmark::DoNotOptimize(out.data());
  });
}

BENCHMARK(copy);
BENCHMARK(check_utf8);
BENCHMARK(normalize_nfc);
BENCHMARK(normalize_nfd);
BENCHMARK(normalize_to_new);
BENCHMARK(icu_nfc_of_nfc);
BENCHMARK(icu_nfc_of_nfd);
BENCHMARK(fold_nfc);
BENCHMARK(tokenize_lines);
BENCHMARK(tokenize_unbroken);
BENCHMARK(sentences_all);
BENCHMARK(expand_chat_clean);
BENCHMARK(expand_chat_comments);
BENCHMARK(segment_spans);
BENCHMARK(segment_lines);

}  // namespace

BENCHMARK_MAIN();
