// The files the room reads: lines, columns, labelled opinions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/topic.hpp"

namespace duluan::topics {

inline constexpr std::size_t kMostTopics = 200;
inline constexpr std::size_t kMostPerOpinion = 3;

/// A labelled opinion.
struct Labelled {
  std::string reg;
  std::vector<std::uint8_t> topics;  ///< indices into the taxonomy, main first
  std::string text;
};

Result<std::string> read_file(const std::string& path);

/// Cuts the first line off `rest`; without its end, LF or CR LF.
std::string_view take_line(std::string_view& rest);
std::vector<std::string_view> split(std::string_view line, char separator);

/// TSV with header id, register, topics, text. Errors name the line.
Result<std::vector<Labelled>> parse_opinions(std::string_view tsv, const std::string& where, const Taxonomy& taxonomy);
Result<std::vector<Labelled>> load_opinions(const std::string& path, const Taxonomy& taxonomy);

}  // namespace duluan::topics
