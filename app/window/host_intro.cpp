// SPDX-License-Identifier: MIT
#include "app/window/host_intro.h"

#include "app/window/style.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace drover::app {

HostIntro::HostIntro(QWidget* parent)
    : Card({}, parent)
    , m_button(new QPushButton(tr("Host a pool…")))
{
    auto* title = new QLabel(tr("Let other machines help, and be asked"));
    title->setFont(textFont(TextSize::Figure, QFont::DemiBold));
    auto* text = quiet(
        new QLabel(tr("A pool is a meeting point: machines that you invite join it with their models, and clients "
                      "ask it as they would ask one Ollama or OpenAI server. Hosting one opens a port on this "
                      "machine, for as far as you choose.")));
    constexpr int textWidth = 480;
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setFixedWidth(textWidth);
    text->setMinimumHeight(text->heightForWidth(textWidth));
    m_button->setProperty("primary", true);
    auto* hint =
        quiet(new QLabel(tr("Nothing listens before you have said how. Workers and clients of llamapool and nfrx "
                            "can use it as they are.")));
    hint->setFont(textFont(TextSize::Caption));
    hint->setWordWrap(true);
    hint->setAlignment(Qt::AlignCenter);
    body()->addStretch(2);
    body()->addWidget(title, 0, Qt::AlignHCenter);
    body()->addWidget(text, 0, Qt::AlignHCenter);
    body()->addSpacing(space::medium);
    body()->addWidget(m_button, 0, Qt::AlignHCenter);
    body()->addWidget(hint);
    body()->addStretch(3);
}

} // namespace drover::app
