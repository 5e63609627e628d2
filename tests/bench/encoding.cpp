// Legacy encodings: TCVN3 to NFC UTF-8 with its map, against iconv in the same run; detection of clean and legacy text.
// DULUAN_BENCH_TEXT names a Vietnamese text; the first 8 MB of what TCVN 5712 can write of it are taken.
#include "duluan/encoding.hpp"

#include <benchmark/benchmark.h>
#include <iconv.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

using namespace duluan;

namespace {

constexpr std::size_t kLimit = std::size_t{8} << 20;

struct Material {
  std::string utf8;
  std::string tcvn;
  std::string vni;
};

Material read_material() {
  Material material;
  const char* path = std::getenv("DULUAN_BENCH_TEXT");
  std::ifstream in(path == nullptr ? "" : path);
  for (std::string line; material.utf8.size() < kLimit && std::getline(in, line);) {
    const std::string text = normalize(line + "\n", ToneStyle::kOld).str();
    const auto tcvn = encode(text, Encoding::kTcvn3);
    const auto vni = encode(text, Encoding::kVni);
    if (!tcvn || !vni) continue;
    material.utf8 += text;
    material.tcvn += *tcvn;
    material.vni += *vni;
  }
  if (!material.tcvn.empty()) return material;
  std::fprintf(stderr, "no text: set DULUAN_BENCH_TEXT to a Vietnamese text of some MB\n");
  std::exit(1);
}

const Material& material() {
  static const Material read = read_material();
  return read;
}

void count_bytes(benchmark::State& state, std::size_t size) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
}

void decode_as(benchmark::State& state, const std::string& bytes, Encoding encoding) {
  for (auto _ : state) benchmark::DoNotOptimize(decode(bytes, encoding, OnBadBytes::kFail));
  count_bytes(state, bytes.size());
}

void tcvn3(benchmark::State& state) { decode_as(state, material().tcvn, Encoding::kTcvn3); }
void vni(benchmark::State& state) { decode_as(state, material().vni, Encoding::kVni); }

// The converter alone, into memory that is there already.
void tcvn_by_iconv(benchmark::State& state) {
  std::string bytes = material().tcvn;
  std::string out(bytes.size() * 3, '\0');
  iconv_t converter = iconv_open("UTF-8", "TCVN5712-1");
  for (auto _ : state) {
    char* from = bytes.data();
    char* to = out.data();
    std::size_t from_left = bytes.size();
    std::size_t to_left = out.size();
    benchmark::DoNotOptimize(iconv(converter, &from, &from_left, &to, &to_left));
    if (from_left > 0) state.SkipWithError("iconv stopped");
  }
  iconv_close(converter);
  count_bytes(state, bytes.size());
}

void detect_as(benchmark::State& state, const std::string& bytes) {
  for (auto _ : state) benchmark::DoNotOptimize(detect_encoding(bytes));
  count_bytes(state, bytes.size());
}

void detect_clean(benchmark::State& state) { detect_as(state, material().utf8); }
void check_alone(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(find_bad_utf8(material().utf8));
  count_bytes(state, material().utf8.size());
}

void read_any(benchmark::State& state, const std::string& bytes) {
  for (auto _ : state) benchmark::DoNotOptimize(decode_any(bytes));
  count_bytes(state, bytes.size());
}

void read_clean(benchmark::State& state) { read_any(state, material().utf8); }
void read_tcvn3(benchmark::State& state) { read_any(state, material().tcvn); }

}  // namespace

BENCHMARK(tcvn3);
BENCHMARK(tcvn_by_iconv);
BENCHMARK(vni);
BENCHMARK(check_alone);
BENCHMARK(detect_clean);
BENCHMARK(read_clean);
BENCHMARK(read_tcvn3);

BENCHMARK_MAIN();
