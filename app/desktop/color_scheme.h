// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <optional>

namespace drover::app {

enum class ColorScheme { Light, Dark };

/// How strongly things must differ for the person at the machine to tell them apart.
enum class Contrast { Normal, High };

/// What the person at the machine chose for the whole desktop, light or dark, and for its panel or taskbar.
///
/// From Qt 6.5 on Qt knows it; before, it is read from the system by the `system...` functions below.
/// Create it once the QGuiApplication is there and before anything sets a palette. GUI thread only.
class SystemColors : public QObject {
    Q_OBJECT

public:
    explicit SystemColors(QObject* parent = nullptr);

    /// Of windows.
    ColorScheme windows() const { return m_windows; }

    /// Asked of the system; the same until `changed`.
    Contrast contrast() const { return m_contrast; }

    /// Of the panel, menu bar or taskbar that tray icons lie on.
    ColorScheme panel() const;

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void readAgain();
    void settingChanged(const QString& group, const QString& key);

private:
    ColorScheme m_ofPalette = ColorScheme::Light; ///< what the palette said before ours was set
    ColorScheme m_windows = ColorScheme::Light;
    Contrast m_contrast = Contrast::Normal;
};

/// What the system itself says, where Qt does not; nothing when it says nothing. One definition per operating system.
std::optional<ColorScheme> systemWindowColors();

/// The same for the panel that tray icons lie on; nothing when it looks as windows do.
std::optional<ColorScheme> systemPanelColors();

/// Whether the system asks for high contrast; Normal where it says nothing.
Contrast systemContrast();

/// Calls `receiver`'s slot `settingChanged(QString,QString)` when the system says that colours changed, where it can.
void listenToSystemColors(QObject* receiver);

} // namespace drover::app
