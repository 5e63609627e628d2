// The files the room reads: lines, columns, labelled opinions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/evaluation.hpp"

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

/// The labels of a text as indices into the taxonomy. Errors name the text's line.
Result<std::vector<std::uint8_t>> topics_of(const LabelledText& text, const Taxonomy& taxonomy);
Result<std::vector<Labelled>> load_opinions(const std::string& path, const std::string& columns,
                                            const Taxonomy& taxonomy);

/// The taxonomy a training asks for, as TSV: its file, or made of the labels of its opinions. Those that
/// `training.names` knows keep its order and names, the others follow by their bytes, `other` is the last.
Result<std::string> taxonomy_of(const TopicTraining& training);

}  // namespace duluan::topics
