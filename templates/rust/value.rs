{%- for line in value.doc %}
    ///{% if !line.is_empty() %} {% endif %}{{ line }}
{%- endfor %}
{%- if value.is_default %}
    #[default]
{%- endif %}
    {{ value.name }},
